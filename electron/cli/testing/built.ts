import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as built from the sources as they are, in a folder of its own. */
export interface Built {
  /** For files of a test. */
  readonly folder: string;
  readonly cli: string;
  /** Runs it to its end. The environment has no display, and remembers nothing. */
  run(words: readonly string[], options?: { input?: string; kill?: { signal: NodeJS.Signals; afterMs: number } }): Promise<Ended>;
  start(words: readonly string[]): ReturnType<typeof spawn>;
  remove(): Promise<void>;
}

export async function buildCommandLine(): Promise<Built> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rollscope-cli-'));
  const outDir = path.join(folder, 'app/.vite/build');
  for (const name of ['worker', 'scan', 'cli']) {
    await build({ configFile: `vite.${name}.config.ts`, logLevel: 'error', build: { outDir, sourcemap: false } });
  }
  const page = path.join(folder, 'app/.vite/renderer/main_window');
  await mkdir(page, { recursive: true });
  await writeFile(path.join(page, 'index.html'), '<!doctype html>the page');
  const cli = path.join(outDir, 'cli.cjs');
  const env = { PATH: process.env['PATH'], HOME: folder, TMPDIR: path.join(folder, 'tmp'), XDG_CONFIG_HOME: path.join(folder, 'config') };
  await mkdir(env.TMPDIR);

  const start: Built['start'] = (words) => spawn(process.execPath, [cli, ...words], { cwd: folder, env });
  return {
    folder,
    cli,
    start,
    run: (words, { input, kill } = {}) =>
      new Promise((resolve, reject) => {
        const child = start(words);
        let stdout = '';
        let stderr = '';
        child.stdout?.on('data', (data) => (stdout += String(data)));
        child.stderr?.on('data', (data) => (stderr += String(data)));
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, stdout, stderr }));
        if (kill) setTimeout(() => child.kill(kill.signal), kill.afterMs);
        else child.stdin?.end(input);
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
