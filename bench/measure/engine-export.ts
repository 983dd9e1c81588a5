import { rmSync } from 'node:fs';
import type { OptionValue } from '#shared/model/recipe.ts';
import { startEngine } from './engine-open.ts';

/** Exports every row; `seconds`, and `cpuSeconds` of all threads, without the verification, which is timed apart. */
export async function exportAll(
  file: string,
  { target, options, out, threads, scanThread }: { target: string; options: string; out: string; threads: number; scanThread: string },
): Promise<Record<string, number>> {
  const engine = startEngine(threads, scanThread);
  const dataset = await engine.open([file]);
  await dataset.watch();
  const given = JSON.parse(options) as Record<string, OptionValue>; // our own, from suites/export.ts
  const started = performance.now();
  const cpuStarted = process.cpuUsage();
  let verifyingSince = Infinity;
  let cpu = cpuStarted;
  const manifest = await dataset.export(
    { version: 1, filter: [], target, options: given },
    { folder: out, overwrite: false },
    {
      onProgress: ({ phase }) => {
        if (phase !== 'verify' || verifyingSince < Infinity) return;
        verifyingSince = performance.now();
        cpu = process.cpuUsage(cpuStarted);
      },
    },
  );
  const ended = performance.now();
  await engine.close();
  rmSync(out, { recursive: true });
  const wroteUntil = Math.min(verifyingSince, ended);
  const bytes = manifest.files.reduce((sum, written) => sum + written.bytes, 0);
  return {
    seconds: (wroteUntil - started) / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    verifySeconds: (ended - wroteUntil) / 1000,
    bytes,
    rows: manifest.rowsWritten,
  };
}
