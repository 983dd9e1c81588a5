import type { Source } from './source.ts';

/** Mostly the last byte is a newline. */
const firstBytes = 512;
const blockBytes = 64 << 10;

/** Where the last newline before `to` ends, looked for back to `from`; undefined where there is none. */
export function endOfLines(read: Source['read'], from: number, to: number): number | undefined {
  const block = new Uint8Array(Math.min(blockBytes, to - from));
  for (let end = to; end > from;) {
    const start = Math.max(from, end - (end === to ? firstBytes : block.length));
    let length = 0;
    while (length < end - start) {
      const got = read(block, length, end - start - length, start + length);
      // Cut meanwhile: whoever scans it will notice.
      if (got === 0) return undefined;
      length += got;
    }
    const newline = block.subarray(0, length).lastIndexOf(10);
    if (newline >= 0) return start + newline + 1;
    end = start;
  }
  return undefined;
}
