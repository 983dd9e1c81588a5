import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { BrokenSave, type SavedIndexes, type Stored, type StoredFields } from '../saved/index.ts';
import type { FilePosition } from '../scan/index.ts';
import type { Source } from '../source/index.ts';
import type { GrowingIndex } from './growing-index.ts';
import { readCount, type ProgressCount, saveCount, type SegmentCount } from './read-progress.ts';

/** Replaced by builds: a hash of the sources that decide what an index holds. */
declare const INDEX_STAMP: string;
const stamp = typeof INDEX_STAMP === 'undefined' ? 'unbuilt' : INDEX_STAMP;

export interface SavingOptions {
  readonly indexes: SavedIndexes;
  /** Datasets of fewer bytes are read anew as fast. */
  readonly worthBytes?: number;
  /**
   * A file that changed later than so long before it was opened is not saved: it may change again without its times telling.
   * Those of FAT step by two seconds.
   */
  readonly restMs?: number;
}

/** The index of a dataset as it is saved: an entry a file, a frame a segment. */
export class SavedReading {
  /** By file; none where nothing is to be saved. */
  private readonly keys: readonly string[];
  private readonly openedAt = Date.now();
  private readonly sizes: readonly number[];
  /** Files that need not be saved. */
  private savedFiles = 0;
  /** Some of what is saved has no hashes. */
  private lacksHashes = false;

  private readonly saved: SavedIndexes;
  private readonly restMs: number;

  constructor(
    private readonly sources: readonly Source[],
    { indexes, worthBytes = 8 << 20, restMs = 2000 }: SavingOptions,
  ) {
    this.saved = indexes;
    this.restMs = restMs;
    this.sizes = sources.map(({ size }) => size);
    const bytes = sources.reduce((sum, { size }) => sum + size, 0);
    // What is spooled must be unpacked anew anyway, which takes longer than reading it.
    this.keys = bytes < worthBytes || sources.some(({ incoming }) => incoming) ? [] : keysOf(sources);
  }

  /**
   * Reads what is saved of the files from the first on into an empty index, segment by segment; answers where to read on. Codes of
   * texts count through all files, so nothing behind a file that is not saved whole can be used.
   */
  async load(take: (segment: SegmentCount, fields: StoredFields) => Promise<boolean>): Promise<FilePosition> {
    for (const [file, key] of this.keys.entries()) {
      const size = this.sources[file]?.size ?? 0;
      const frames = this.saved.read(key);
      let offset = 0;
      try {
        for await (const fields of frames) {
          const count = readCount(file, size, fields.object('count'));
          if (count.bytesRead <= offset) throw new BrokenSave('order');
          const segment = fields.object('index');
          if (!(await take(count, segment))) return { file, offset };
          this.lacksHashes ||= !segment.flag('hashed');
          offset = count.bytesRead;
        }
      } catch (error) {
        if (!(error instanceof BrokenSave)) throw error;
      }
      if (!frames.isWhole || offset !== size) return { file, offset };
      this.savedFiles++;
    }
    return { file: this.keys.length, offset: 0 };
  }

  /** Saves what is not saved of an index that is complete; all of it where only that has hashes. */
  async save(index: GrowingIndex, { segments }: ProgressCount, signal: AbortSignal): Promise<void> {
    if (this.lacksHashes && index.isHashed) this.savedFiles = 0;
    this.lacksHashes = !index.isHashed;
    for (; this.savedFiles < this.keys.length && !signal.aborted; this.savedFiles++) {
      const file = this.savedFiles;
      const source = this.sources[file];
      const key = this.keys[file];
      // What has changed or grown since has another key, and what changed just before may do so again unseen.
      if (!source || key === undefined || !this.isAtRest(source) || !source.isCurrent() || source.size !== this.sizes[file]) return;
      await this.saved.write(key, framesOf(file, index, segments), signal);
    }
  }

  private isAtRest({ mtimeMs, ctimeMs }: Source): boolean {
    return Math.max(mtimeMs, ctimeMs) <= this.openedAt - this.restMs;
  }
}

function* framesOf(file: number, index: GrowingIndex, segments: readonly SegmentCount[]): Generator<Stored> {
  for (const [number, count] of segments.entries()) {
    if (count.file === file) yield { frame: 'segment', count: saveCount(count), index: index.save(number) };
  }
}

/** The key of a file names what is in it, what was before it in the dataset, and what read it. */
function keysOf(sources: readonly Source[]): string[] {
  let before = stamp;
  return sources.map(({ path, size, mtimeMs, ctimeMs, fingerprint }) => {
    const identity = JSON.stringify([before, resolve(path), size, mtimeMs, ctimeMs, fingerprint]);
    return (before = createHash('sha256').update(identity).digest('hex'));
  });
}
