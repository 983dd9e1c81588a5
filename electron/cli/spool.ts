import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/errors.ts';
import type { Context } from './context.ts';
import { UsageError } from './usage-error.ts';

/** Paths with `-` replaced by a file that holds what came from standard input: for the app, which opens files in a process of its own. */
export interface Spooled {
  readonly paths: readonly string[];
  remove(): Promise<void>;
}

export async function spoolStandardInput(paths: readonly string[], { stdin, signal }: Pick<Context, 'stdin' | 'signal'>): Promise<Spooled> {
  const wanted = paths.filter((each) => each === '-').length;
  if (wanted === 0) return { paths, remove: async () => undefined };
  if (wanted > 1) throw new UsageError('Standard input (-) can be read once.');

  const folder = await mkdtemp(path.join(os.tmpdir(), 'rollscope-stdin-'));
  const remove = async (): Promise<void> => await rm(folder, { recursive: true, force: true });
  const file = path.join(folder, 'stdin.jsonl');
  try {
    await pipeline(stdin, createWriteStream(file, { mode: 0o600 }), { signal });
  } catch (cause) {
    await remove();
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.', { cause });
    throw new AppError('unwritable', `Standard input could not be kept in ${folder}: is the disk full?`, { cause });
  }
  if ((await stat(file)).size === 0) {
    await remove();
    throw new AppError('not-rollouts', 'Standard input is empty: the command before the pipe may have failed.');
  }
  return { paths: paths.map((each) => (each === '-' ? file : each)), remove };
}
