import type { Pace } from './pace.ts';
import type { Split } from './sampling.ts';
import type { Spool } from './spool.ts';
import type { Block } from './writers/format.ts';

/** Blocks [from, to) of a split. */
export interface Slice {
  readonly split: Split;
  readonly from: number;
  readonly to: number;
}

/** A block that was written, with its length in bytes. */
export type WrittenBlock = Block & { readonly length: number };

export interface SliceJob {
  readonly pace: Pace;
  /** What planning has mapped, where that is all there. */
  readonly spool?: Spool | undefined;
  /** Folder of the file, for messages. */
  readonly folder: string;
  /** Told now and then: rows, and bytes of planned text, of the slice so far. */
  onRows?(rows: number, text: number): void;
}
