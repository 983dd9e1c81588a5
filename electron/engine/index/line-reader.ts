import type { Source } from '../source/index.ts';
import { readBytes } from './file-text.ts';
import type { Places } from './places.ts';
import { readLines } from './read-lines.ts';

/** Reads lines of rows from their files. Fails with `changed` where a file is no longer what was read. */
export class LineReader {
  constructor(
    private readonly places: Places,
    private readonly sources: readonly Source[],
  ) {}

  whole(row: number): Uint8Array {
    const { file, start, end } = this.places.place(row);
    return readBytes(this.source(file), start, end);
  }

  /** With a newline behind each. */
  several(rows: Uint32Array): Uint8Array {
    return readLines(
      rows,
      (row) => this.places.place(row),
      (file) => this.source(file),
    );
  }

  /** Bytes [start, end) of the line, clamped. */
  slice(row: number, start: number, end: number): Uint8Array {
    const place = this.places.place(row);
    const length = place.end - place.start;
    const from = Math.min(Math.max(0, start), length);
    const to = Math.max(from, Math.min(end, length));
    return readBytes(this.source(place.file), place.start + from, place.start + to);
  }

  private source(file: number): Source {
    const source = this.sources[file];
    if (!source) throw new RangeError(`file ${file}`);
    return source;
  }
}
