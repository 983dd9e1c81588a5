import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import { createEngine, expandPaths, type Dataset, type Engine } from '../engine/index.ts';
import { cacheFolder } from '../host/cache-folder.ts';
import { dataFolder } from '../host/data-folder.ts';
import { version } from '../host/version.ts';
import type { Context } from './context.ts';
import { progressLine, jobText } from './progress.ts';
import { printable } from './text.ts';
import { UsageError } from './usage-error.ts';

export interface ReadingOptions {
  readonly recursive: boolean;
  readonly threads: number | undefined;
  /** Whether saved indexes are read and written. */
  readonly cache: boolean;
  /** Whether prompts and answers will be told apart. */
  readonly hashes?: boolean;
}

/** Of the arguments of a command with `readingOptions`. */
export function readingFrom(args: {
  flag(name: 'recursive' | 'no-cache'): boolean;
  integer(name: 'threads'): number | undefined;
}): ReadingOptions {
  return { recursive: args.flag('recursive'), threads: args.integer('threads'), cache: !args.flag('no-cache') };
}

/** A dataset that has been opened for one command. */
export interface OpenedDataset {
  readonly engine: Engine;
  readonly dataset: Dataset;
  /** Its files in order, as the user named them. */
  readonly files: readonly string[];
  /** Reads on, to the end or until `enough` says so, with progress on a terminal. */
  read(enough?: () => boolean): Promise<void>;
}

/** An engine for the length of one command. */
export async function withEngine<T>(
  { threads, cache }: Pick<ReadingOptions, 'threads' | 'cache'>,
  { built, env }: Context,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = createEngine({
    scanThread: built.scanThread,
    version,
    marksFolder: path.join(dataFolder(process.platform, env), 'marks'),
    ...(threads !== undefined && { threads }),
    ...(cache && { cacheFolder: cacheFolder(process.platform, env) }),
  });
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

/** Opens what the operands of a command name, hands it to `use`, and leaves nothing open or lying about. */
export async function withDataset<T>(
  operands: readonly string[],
  { recursive, ...reading }: ReadingOptions,
  context: Context,
  use: (opened: OpenedDataset) => Promise<T>,
): Promise<T> {
  if (operands.length === 0) throw new UsageError('Name a file: a .jsonl file, a folder of them, or - for standard input.');
  if (operands.filter((each) => each === '-').length > 1) throw new UsageError('Standard input (-) can be read once.');
  const files = expandPaths(operands, { recursive });
  const { stdin, signal } = context;
  // Whoever writes to it may never end.
  signal.addEventListener('abort', () => stdin.destroy(), { once: true });
  return await withEngine(reading, context, async (engine) => {
    const dataset = await engine.open(files, { input: stdin, hashes: reading.hashes }).catch((error: unknown) => {
      throw signal.aborted ? new AppError('cancelled', 'Cancelled.', { cause: error }) : error;
    });
    // Nothing is saved for the next time then.
    signal.addEventListener('abort', () => dataset.stop(), { once: true });
    const read = (enough?: () => boolean): Promise<void> => readWhole(dataset, context, enough);
    return await use({ engine, dataset, files, read });
  });
}

async function readWhole(dataset: Dataset, context: Context, enough: () => boolean = () => false): Promise<void> {
  const line = progressLine(context);
  try {
    const state = await dataset.watch({
      signal: context.signal,
      onProgress: (progress) => {
        if (progress.job) line.show(jobText(`Reading ${printable(progress.name)}`, progress.job));
        if (enough()) dataset.stop();
      },
    });
    if (state.phase === 'failed') throw new AppError('unreadable', state.error ?? `${state.name} could not be read.`);
  } finally {
    line.clear();
  }
}
