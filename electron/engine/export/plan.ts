import { AppError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import type { ExportExample, ExportPlan, ExportProgress } from '#shared/model/export.ts';
import { parseJson, writeJson } from '#shared/model/json.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { TrainedExample } from '#shared/model/training.ts';
import type { JobOptions } from '../api.ts';
import { type ChatTools, type Lesson, teach } from './lessons/index.ts';
import { makeRow, mappedContent, partsOf } from './map-row.ts';
import { Pace } from './pace.ts';
import { prepareExport, type PreparedExport } from './prepare.ts';
import { totalOf } from './sampling.ts';
import { accessTo } from './source-access.ts';
import type { Example, ExportSource } from './types.ts';
import { completeRow } from './writers/format.ts';

/**
 * Maps every selected row and counts; writes nothing. The result is remembered for the preview and for the export itself,
 * until the dataset grows or another recipe is planned.
 */
export async function planExport(source: ExportSource, recipe: Recipe, job: JobOptions<ExportProgress> = {}): Promise<ExportPlan> {
  const { splits, accounting, bytes, over = [], lengths = null } = await preparedExport(source, recipe, job);
  return { ...accounting, splits: splits.map(({ name, examples }) => ({ name, rows: examples.length })), bytes, over, lengths };
}

/** Example number `index` of the export, clamped, as it will be written; null where nothing would be. */
export async function previewExample(
  source: ExportSource,
  recipe: Recipe,
  index: number,
  job: JobOptions<ExportProgress> = {},
): Promise<ExportExample | null> {
  const prepared = await preparedExport(source, recipe, job);
  const found = exampleAt(prepared, index);
  if (!found) return null;
  const { target, settings, columns } = prepared;
  const content = makeRow(mappedContent(accessTo(source), target, settings), target, settings, found.example);
  if (content === undefined) throw changed();
  const [row = 0, ...others] = found.example.rows;
  const { file, line } = source.index.place(row);
  const value = content instanceof Uint8Array ? parseJson(new TextDecoder().decode(content)) : completeRow(content, columns);
  return {
    index: found.at,
    total: found.total,
    split: found.split,
    row,
    line,
    file: source.files[file]?.name ?? '',
    others: others.slice(0, limits.examples),
    json: writeJson(value, 2),
  };
}

/** The same example as its trainer reads it. Fails with bad-input where the template refuses it, and says where. */
export async function trainedExample(
  source: ExportSource,
  recipe: Recipe,
  index: number,
  { tools, job = {} }: { readonly tools: ChatTools; readonly job?: JobOptions<ExportProgress> },
): Promise<TrainedExample | null> {
  const prepared = await preparedExport(source, recipe, job);
  const found = exampleAt(prepared, index);
  if (!found) return null;
  return teach(lessonOf(source, prepared, found.example), tools);
}

/** What a trainer learns from an example; undefined where no trainer is known. */
export function lessonOf(source: ExportSource, { target, settings, facts }: PreparedExport, example: Example): Lesson | undefined {
  const parts = partsOf(mappedContent(accessTo(source), target, settings), target, settings, example);
  if (parts === undefined) throw changed();
  return parts instanceof Uint8Array ? undefined : target.lesson?.(parts, settings, facts.seen);
}

export function exampleAt({ splits }: PreparedExport, index: number) {
  const total = totalOf(splits, 'length');
  const at = Math.min(Math.max(index, 0), total - 1);
  let before = 0;
  for (const { name, examples } of splits) {
    if (at >= before && at < before + examples.length) return { split: name, example: examples.at(at - before), at, total };
    before += examples.length;
  }
  return undefined;
}

function changed(): AppError {
  return new AppError('changed', 'The file changed since it was read. Open it again.');
}

interface Remembered {
  readonly key: string;
  readonly result: Promise<PreparedExport>;
  readonly stop: AbortController;
  /** Whom to tell how far it is. */
  readonly watching: Set<(progress: ExportProgress) => void>;
  /** Callers that can stop it; when all of them have, it stops. */
  owners: number;
  ready?: PreparedExport;
}

/** The last export prepared for each dataset. */
const remembered = new WeakMap<ExportSource['index'], Remembered>();

function keyOf({ index, planned }: ExportSource, recipe: Recipe): string {
  return writeJson([index.version, planned?.version ?? '', recipe]);
}

/** What the recipe makes of the dataset as it is now, if that has been worked out already. */
export function readyExport(source: ExportSource, recipe: Recipe): PreparedExport | undefined {
  const last = remembered.get(source.index);
  return last?.key === keyOf(source, recipe) ? last.ready : undefined;
}

/**
 * The same, worked out where it is not. Callers that ask for the same share the work and are told how far it is. It is stopped when
 * every caller that gave a signal has given up.
 */
export async function preparedExport(source: ExportSource, recipe: Recipe, job: JobOptions<ExportProgress> = {}): Promise<PreparedExport> {
  const key = keyOf(source, recipe);
  const last = remembered.get(source.index);
  const entry = last?.key === key && !last.stop.signal.aborted ? last : start(source, recipe, key, job);
  const { signal, onProgress = () => undefined } = job;
  const leave = (): void => void entry.watching.delete(onProgress);
  const giveUp = (): void => {
    leave();
    if (--entry.owners === 0) entry.stop.abort();
  };
  entry.watching.add(onProgress);
  if (signal) entry.owners++;
  if (signal?.aborted) giveUp();
  else signal?.addEventListener('abort', giveUp, { once: true });
  try {
    const result = await entry.result;
    if (signal?.aborted) throw new AppError('cancelled', 'The plan was stopped.');
    return result;
  } finally {
    leave();
    signal?.removeEventListener('abort', giveUp);
  }
}

function start(source: ExportSource, recipe: Recipe, key: string, { client }: JobOptions<ExportProgress>): Remembered {
  const stop = new AbortController();
  const watching: Remembered['watching'] = new Set();
  const onProgress = (progress: ExportProgress): void => watching.forEach((tell) => tell(progress));
  const pace = new Pace({ signal: stop.signal, onProgress, ...(client && { client }) });
  const entry: Remembered = { key, result: prepareExport(source, recipe, pace), stop, watching, owners: 0 };
  remembered.set(source.index, entry);
  entry.result.then(
    (result) => {
      entry.ready = result;
    },
    () => {
      if (remembered.get(source.index) === entry) remembered.delete(source.index);
    },
  );
  return entry;
}
