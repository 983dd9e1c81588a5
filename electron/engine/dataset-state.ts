import { createHash } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type { MarksSummary } from '#shared/model/marks.ts';
import type { DatasetState, FileSummary } from '#shared/model/dataset.ts';
import type { JobProgress } from '#shared/model/job.ts';
import type { ReadProgress } from './index/read-progress.ts';
import type { Source } from './source/index.ts';

interface Life {
  readonly phase: DatasetState['phase'];
  readonly elapsedMs: number;
  readonly tasks?: number | undefined;
  readonly error?: string | undefined;
  /** How fast reading goes. */
  readonly job?: JobProgress | undefined;
  readonly version: number;
  readonly marks?: MarksSummary;
  readonly fingerprint: string;
  /** Of files that are followed. */
  readonly isFollowing?: boolean;
  readonly isGrowing?: boolean;
  readonly notices?: readonly string[];
  readonly limits?: readonly string[] | undefined;
}

/** How far a dataset has been read, as a page is told it: files by `names`, never by their paths. */
export function describeState(
  id: string,
  { sources, names }: { sources: readonly Source[]; names: readonly string[] },
  progress: ReadProgress,
  life: Life,
): DatasetState {
  const files = summariseFiles(sources, names, progress);
  const total = (count: (file: FileSummary) => number): number => files.reduce((sum, file) => sum + count(file), 0);
  return {
    dataset: id,
    name: datasetName(names),
    phase: life.phase,
    bytesRead: progress.bytesRead,
    bytesTotal: progress.bytesTotal,
    lines: total((file) => file.lines),
    rows: total((file) => file.rows),
    invalidLines: total((file) => file.invalidLines),
    blankLines: total((file) => file.blankLines),
    ...(life.tasks !== undefined && { tasks: life.tasks }),
    cutLastLine: progress.cutLastLine,
    elapsedMs: life.elapsedMs,
    files,
    fingerprint: life.fingerprint,
    version: life.version,
    following: life.isFollowing ?? false,
    growing: life.isGrowing ?? false,
    ...(life.marks !== undefined && { marks: life.marks }),
    ...(life.notices !== undefined && life.notices.length > 0 && { notices: [...life.notices] }),
    ...(life.limits !== undefined && life.limits.length > 0 && { limits: [...life.limits] }),
    ...(life.job !== undefined && { job: life.job }),
    ...(life.error !== undefined && { error: life.error }),
  };
}

/** `called`: what `path` says of each file. */
export function summariseFiles(sources: readonly Source[], called: readonly string[], progress: ReadProgress): FileSummary[] {
  return sources.map((source, i) => ({
    path: called[i] ?? source.name,
    bytes: source.bytes,
    ...(source.bytes !== source.size && { unpackedBytes: source.size }),
    lines: progress.files[i]?.lines ?? 0,
    rows: progress.files[i]?.rows ?? 0,
    invalidLines: progress.files[i]?.invalidLines ?? 0,
    blankLines: progress.files[i]?.blankLines ?? 0,
  }));
}

function datasetName(names: readonly string[]): string {
  const first = names[0] ?? '';
  return names.length === 1 ? first : `${first} + ${names.length - 1} more`;
}

/** Identifies the bytes of a dataset: one file has its own; several have the hash of theirs in order. */
export function fingerprintOfAll(sources: readonly Source[]): string {
  const [first] = sources;
  if (sources.length === 1 && first) return first.fingerprint;
  return createHash('sha256')
    .update(sources.map((source) => source.fingerprint).join('\n'))
    .digest('hex');
}

/** An export of a part would look like one of the whole. */
export function requireWhole(phase: DatasetState['phase']): void {
  if (phase === 'ready') return;
  const why = phase === 'cancelled' ? 'Reading was stopped' : 'The file could not be read to its end';
  throw new AppError('unreadable', `${why}, so an export would miss rows without a word. Open the file again, then export.`);
}
