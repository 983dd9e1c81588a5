import { rmSync } from 'node:fs';
import type { OptionValue } from '#shared/model/recipe.ts';
import { startEngine } from './engine-open.ts';

/** Exports every row; `seconds` without the verification, which is timed apart. */
export async function exportAll(
  file: string,
  { target, options, out, threads, scanThread }: { target: string; options: string; out: string; threads: number; scanThread: string },
): Promise<Record<string, number>> {
  const engine = startEngine(threads, scanThread);
  const dataset = await engine.open([file]);
  await dataset.watch();
  const given = JSON.parse(options) as Record<string, OptionValue>; // our own, from suites/export.ts
  const started = performance.now();
  let verifyingSince = Infinity;
  const manifest = await dataset.export(
    { version: 1, filter: [], target, options: given },
    { folder: out, overwrite: false },
    {
      onProgress: ({ phase }) => {
        if (phase === 'verify') verifyingSince = Math.min(verifyingSince, performance.now());
      },
    },
  );
  const ended = performance.now();
  await engine.close();
  rmSync(out, { recursive: true });
  const wroteUntil = Math.min(verifyingSince, ended);
  const bytes = manifest.files.reduce((sum, written) => sum + written.bytes, 0);
  return { seconds: (wroteUntil - started) / 1000, verifySeconds: (ended - wroteUntil) / 1000, bytes, rows: manifest.rowsWritten };
}
