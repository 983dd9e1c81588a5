import { AppError, toAppError } from '#shared/errors.ts';
import { inSlices, nextTurn } from '../jobs/index.ts';
import { createScanner, scanError, type Segment } from '../scan/index.ts';
import type { LineScanner, SegmentRange } from '../scan/segment.ts';
import { endOfLines, type Source } from '../source/index.ts';
import type { GrowingIndex } from './growing-index.ts';
import { countSegment, type ProgressCount } from './read-progress.ts';
import { FileWatch } from './file-watch.ts';

/** A last line without a newline counts as finished when its file has not grown for so long. */
export const restMs = 3000;
/** Between two looks at a file of which the system tells nothing (network disks). */
const pollMs = 500;
/** Lines that come one by one are read again with those after them, until they make a segment of this size. */
const gatheredBytes = 1 << 20;
const segmentBytes = 16 << 20;
/** Of very many files, so many are looked at before others have their turn. */
const filesPerTurn = 128;

export interface FollowingOptions {
  readonly sources: readonly Source[];
  readonly index: GrowingIndex;
  readonly count: ProgressCount;
  /** By file: the segment of a last line without a newline. */
  readonly openEnds: ReadonlyMap<number, number>;
  readonly onGrow: (() => unknown) | undefined;
  /** Nothing is added meanwhile: someone reads rows for some time. */
  readonly isHeld: () => boolean;
}

export interface FollowingState {
  /** Some file is still looked at. */
  readonly isFollowing: boolean;
  /** Some file grew in the last seconds, or ends inside a line. */
  readonly isGrowing: boolean;
  /** What happened to files that are no longer followed. */
  readonly notices: readonly string[];
}

/** One file that may grow. */
interface Followed {
  readonly source: Source;
  readonly file: number;
  /** What is in the index ends here. */
  end: number;
  /** No newline lies between `end` and here. */
  lookedTo: number;
  grewAt: number;
  /** Of its bytes, when it was last looked at. */
  mtimeMs: number;
  /** How long it was when its last line was looked at for that it rested. */
  restedAt: number;
  /** The file's last segment, where it may be put in again: it is small, or its line has no newline. */
  last: { readonly number: number; readonly from: number; readonly isOpenEnded: boolean } | undefined;
  /** Why it is not followed any more. */
  notice: string | undefined;
}

/**
 * Follows files after they have been read: whole new lines become rows, a last line without a newline when the file rests. A file that
 * was replaced, cut or rewritten is not followed any more, and that is said; what was read of it stays.
 */
export class Following {
  private readonly files: Followed[];
  private readonly watch: FileWatch;
  /** Followed files are one more of those who want turns. */
  private readonly client = {};
  private scanner: LineScanner | undefined;
  private isClosed = false;
  /** The round that is under way. */
  private round: Promise<void> = Promise.resolve();
  private segmentsAdded = 0;
  private onEnd: () => void = () => undefined;
  /** Resolves when no file is followed any more. */
  readonly ended = new Promise<void>((resolve) => (this.onEnd = resolve));

  constructor(private readonly options: FollowingOptions) {
    const { sources, count, openEnds } = options;
    this.files = sources.flatMap((source, file): Followed[] => {
      if (source.incoming) return [];
      const number = openEnds.get(file);
      const before = count.segments[(number ?? 0) - 1];
      const last = number === undefined ? undefined : { number, from: before?.file === file ? before.bytesRead : 0, isOpenEnded: true };
      const end = source.size;
      return [{ source, file, end, lookedTo: end, mtimeMs: 0, restedAt: 0, grewAt: source.look().mtimeMs, last, notice: undefined }];
    });
    this.watch = new FileWatch(
      this.files.map(({ source }) => source.path),
      // Many small segments cost memory: the more there are, the longer lines are gathered.
      () => pollMs + 5 * this.segmentsAdded,
      () => this.look(),
    );
    if (this.files.length === 0) this.onEnd();
  }

  get state(): FollowingState {
    const followed = this.files.filter(({ notice }) => notice === undefined);
    const notices = this.files.flatMap(({ notice }) => notice ?? []);
    const isGrowing = followed.some(({ grewAt, lookedTo, end }) => Date.now() - grewAt < restMs || lookedTo > end);
    return { isFollowing: !this.isClosed && followed.length > 0, isGrowing: !this.isClosed && isGrowing, notices };
  }

  /** Whether opening the files again would give the same, with what is still to be taken in. */
  isCurrent(): boolean {
    return !this.isClosed && this.files.every(({ source, notice }) => notice === undefined && source.look().path === 'same');
  }

  /** Resolves when nothing is being added. */
  async settled(): Promise<void> {
    await this.round;
  }

  /** Looks at all files now. */
  look(): Promise<void> {
    return (this.round = this.round.then(() => this.lookAtAll()));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.watch.close();
    this.onEnd();
    await this.round;
  }

  private async lookAtAll(): Promise<void> {
    for (const [number, file] of this.files.entries()) {
      if (number % filesPerTurn === filesPerTurn - 1) await nextTurn(this.client);
      if (this.isClosed || this.options.isHeld()) return;
      if (file.notice !== undefined) continue;
      try {
        await this.lookAt(file);
      } catch (error) {
        if (this.isClosed) return;
        file.notice = toAppError(error).message;
      }
    }
    if (this.files.every(({ notice }) => notice !== undefined)) this.onEnd();
  }

  private async lookAt(file: Followed): Promise<void> {
    const { source } = file;
    const now = source.look();
    if (now.mtimeMs !== file.mtimeMs || now.size < file.end) source.verify();
    file.mtimeMs = now.mtimeMs;
    if (now.size > file.lookedTo) {
      const lineEnd = endOfLines(source.read, Math.max(file.lookedTo, file.end), now.size);
      file.lookedTo = now.size;
      file.grewAt = Date.now();
      if (lineEnd !== undefined) await this.takeLines(file, lineEnd);
    } else if (now.size > Math.max(file.end, file.restedAt) && Date.now() - file.grewAt >= restMs) {
      await this.takeLastLine(file, now.size);
    }
    if (now.path === 'same') return;
    const what = now.path === 'other' ? 'was replaced by another file' : 'was removed or renamed';
    throw new AppError('changed', `${source.name} ${what}. What is shown was read before that: open it again to read it as it is now.`);
  }

  /** Reads on to the end of a line. */
  private async takeLines(file: Followed, lineEnd: number): Promise<void> {
    const { last } = file;
    let from = file.end;
    if (last?.number === this.options.count.segments.length - 1 && lineEnd - last.from <= gatheredBytes) {
      const range = { from: last.from, to: lineEnd, size: lineEnd };
      await this.put(file, range, await this.scan(file.source, range), last.number);
      file.last = { ...last, isOpenEnded: false };
    } else {
      if (last?.isOpenEnded === true) {
        const range = { from: last.from, to: last.from + 1, size: lineEnd };
        const segment = await this.scan(file.source, range);
        await this.put(file, range, segment, last.number);
        from = endOfFirstLine(segment);
      }
      file.last = undefined;
      for (let to: number; from < lineEnd; from = to) {
        to = Math.min(lineEnd, from + segmentBytes);
        const range = { from, to, size: lineEnd };
        const number = this.options.count.segments.length;
        await this.put(file, range, await this.scan(file.source, range));
        file.last = to === lineEnd ? { number, from, isOpenEnded: false } : undefined;
      }
    }
    file.end = lineEnd;
  }

  /** The file rests: what its writer left of a line is all there will be of it, or so it seems. */
  private async takeLastLine(file: Followed, size: number): Promise<void> {
    const { last, end } = file;
    const from = last?.isOpenEnded === true ? last.from : end;
    const range = { from, to: size, size };
    const segment = await this.scan(file.source, range);
    file.restedAt = size;
    // Blanks may become a line yet.
    if (segment.rowCount === 0) return;
    const number = last?.isOpenEnded === true ? last.number : this.options.count.segments.length;
    await this.put(file, range, segment, number);
    file.last = { number, from, isOpenEnded: true };
    file.end = size;
  }

  /** Puts what was scanned behind all rows, or in the place of a segment. */
  private async put({ source, file }: Followed, { to, size }: SegmentRange, segment: Segment, place?: number): Promise<void> {
    const { index, count, onGrow } = this.options;
    // What was read before must still be there, or this would not be what follows it.
    source.verify();
    source.take(Math.max(source.size, size));
    const counted = countSegment(file, to, segment);
    if (place === undefined || place === count.segments.length) {
      await inSlices(index.add(file, segment), undefined, this.client);
      count.add(counted);
      this.segmentsAdded++;
    } else {
      await inSlices(index.replace(place, segment), undefined, this.client);
      count.replace(place, counted);
    }
    await onGrow?.();
  }

  private async scan(source: Source, range: SegmentRange): Promise<Segment> {
    this.scanner ??= createScanner('all');
    try {
      const segment = await inSlices(this.scanner.scan(source.read, range), () => this.isClosed, this.client);
      if (segment) return segment;
    } catch (error) {
      throw scanError(source.path, error);
    }
    throw new AppError('cancelled', 'Cancelled.');
  }
}

/** Behind the newline of a segment's only line. */
function endOfFirstLine({ ends }: Segment): number {
  return (ends[0] ?? 0) + 1;
}
