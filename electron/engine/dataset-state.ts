import { createHash } from 'node:crypto';
import type { DatasetState, FileSummary } from '#shared/model/dataset.ts';
import type { ReadProgress } from './index/read-progress.ts';
import type { Source } from './source/index.ts';

interface Life {
  readonly phase: DatasetState['phase'];
  readonly elapsedMs: number;
  readonly tasks?: number | undefined;
  readonly error?: string | undefined;
}

/** How far a dataset has been read, as a page is told it: files by their names, never by their paths. */
export function describeState(id: string, sources: readonly Source[], progress: ReadProgress, life: Life): DatasetState {
  const files = summariseFiles(sources, progress, 'name');
  const total = (count: (file: FileSummary) => number): number => files.reduce((sum, file) => sum + count(file), 0);
  return {
    dataset: id,
    name: datasetName(sources),
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
    fingerprint: datasetFingerprint(sources),
    ...(life.error !== undefined && { error: life.error }),
  };
}

/** `by`: what `path` says: the path as it was given, or the file's name. */
export function summariseFiles(sources: readonly Source[], progress: ReadProgress, by: 'path' | 'name'): FileSummary[] {
  return sources.map((source, i) => ({
    path: source[by],
    bytes: source.size,
    lines: progress.files[i]?.lines ?? 0,
    rows: progress.files[i]?.rows ?? 0,
    invalidLines: progress.files[i]?.invalidLines ?? 0,
    blankLines: progress.files[i]?.blankLines ?? 0,
  }));
}

function datasetName(sources: readonly Source[]): string {
  const first = sources[0]?.name ?? '';
  return sources.length === 1 ? first : `${first} + ${sources.length - 1} more`;
}

/** One file has its own; several have the hash of theirs in order. */
function datasetFingerprint(sources: readonly Source[]): string {
  const [first] = sources;
  if (sources.length === 1 && first) return first.fingerprint;
  return createHash('sha256')
    .update(sources.map((source) => source.fingerprint).join('\n'))
    .digest('hex');
}
