import type { ExampleList } from './example-list.ts';
import type { FileFormat } from './writers/format.ts';

/** Rows [from, to) of a split, which are encoded together. */
export interface BlockRange {
  readonly from: number;
  readonly to: number;
}

/** Cuts a split into blocks, by what the plan knows alone: whoever writes any of them cuts it in the same places. */
export function blocksOf(
  examples: Pick<ExampleList, 'length' | 'bytesAt'>,
  { blockRows, blockBytes }: Pick<FileFormat, 'blockRows' | 'blockBytes'>,
): BlockRange[] {
  const blocks: BlockRange[] = [];
  for (let from = 0, to = 0; from < examples.length; from = to) {
    let bytes = 0;
    while (to < examples.length && to - from < blockRows && bytes < blockBytes) bytes += examples.bytesAt(to++);
    blocks.push({ from, to });
  }
  return blocks;
}
