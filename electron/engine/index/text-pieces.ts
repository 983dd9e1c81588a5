import { Buffer } from 'node:buffer';
import type { Source } from '../source/index.ts';
import { ByteWindow } from './byte-window.ts';
import { forEachCell } from './dense.ts';
import { changedFile } from './file-text.ts';
import type { Places } from './places.ts';
import { IN_FILE, type StoredColumn } from './stored-column.ts';
import { decodeString, takeUnits, wholeLength } from './string-bytes.ts';
import { CellKind, type TextPieces } from './types.ts';

/** Texts and bytes between two yields. */
const textsPerStep = 500;
const bytesPerStep = 1 << 20;
/** An escape of one unit takes six bytes; one more pair may be taken. */
const bytesPerUnit = 6;
const leastBytes = 256;
/** Where the whole of a text is wanted its length is not known. */
const firstLook = 4 << 10;

interface Where {
  readonly places: Places;
  readonly sources: readonly Source[];
}

/** The texts of a column that keeps most of them in the file, read piece by piece in the order in which they lie there. */
export class InFilePieces implements TextPieces {
  readonly rows: Uint32Array;
  /** Of a text: the offset of its next byte, or of the next unit of one in the dictionary; NaN when all of it has been taken. */
  private readonly next: Float64Array;
  /** By text: its code in the dictionary, or -1. */
  private readonly codes: Int32Array;
  private readonly window = new ByteWindow();

  constructor(
    private readonly column: StoredColumn,
    private readonly where: Where,
  ) {
    const { places } = where;
    let count = 0;
    forEachCell(column, places, ({ kinds }, at) => {
      if (((kinds[at] ?? 0) & ~IN_FILE) === CellKind.string) count++;
    });
    this.rows = new Uint32Array(count);
    this.next = new Float64Array(count);
    this.codes = new Int32Array(count).fill(-1);
    let text = 0;
    forEachCell(column, places, ({ kinds, values }, at, row) => {
      const kind = kinds[at] ?? 0;
      if ((kind & ~IN_FILE) !== CellKind.string) return;
      this.rows[text] = row;
      if ((kind & IN_FILE) === 0) this.codes[text] = values[at] ?? 0;
      else this.next[text] = values[at] ?? 0;
      text++;
    });
  }

  isOver(text: number): boolean {
    return Number.isNaN(this.next[text] ?? Number.NaN);
  }

  *read(texts: Uint32Array | null, units: number, take: (text: number, piece: string) => void): Generator<void, void> {
    const { places, sources } = this.where;
    const count = texts?.length ?? this.rows.length;
    let bytes = 0;
    for (let i = 0; i < count; i++) {
      const text = texts ? (texts[i] ?? 0) : i;
      const code = this.codes[text] ?? -1;
      if (code >= 0) {
        take(text, this.pieceOf(text, this.column.dictionary.values[code] ?? '', units));
      } else {
        const { file, end } = places.place(this.rows[text] ?? 0);
        const source = sources[file];
        if (!source) throw new RangeError(`file ${file}`);
        // A file that changes in place is noticed within a step.
        if (bytes === 0) source.verify();
        const before = this.next[text] ?? 0;
        take(text, this.readPiece(text, source, { rowEnd: end, units }));
        bytes += Math.max(1, (this.next[text] ?? before) - before);
      }
      if (bytes >= bytesPerStep || i % textsPerStep === textsPerStep - 1) {
        bytes = 0;
        yield;
      }
    }
  }

  *skipCommon(texts: Uint32Array): Generator<void, void> {
    for (let length = firstLook; ; length = Math.min(length * 4, bytesPerStep)) {
      const common = yield* this.common(texts, length);
      if (common === 0) return;
      for (const text of texts) this.next[text] = (this.next[text] ?? 0) + common;
      if (common < length / 2) return;
    }
  }

  /** How many of the next bytes of texts are the same and a whole number of characters. */
  private *common(texts: Uint32Array, length: number): Generator<void, number> {
    let first: Buffer | undefined;
    let same = 0;
    for (const [i, text] of texts.entries()) {
      if ((this.codes[text] ?? -1) >= 0) return 0;
      const bytes = this.lookAt(text, length, i % textsPerStep === 0);
      if (!first) {
        first = Buffer.from(bytes.subarray(0, length));
        same = wholeLength(first, first.length);
      } else if (bytes.compare(first, 0, same, 0, Math.min(same, bytes.length)) !== 0) {
        let equal = 0;
        while (equal < same && bytes[equal] === first[equal]) equal++;
        same = wholeLength(first, equal);
      }
      if (same === 0) return 0;
      if (i % textsPerStep === textsPerStep - 1) yield;
    }
    return same;
  }

  private lookAt(text: number, length: number, verify: boolean): Buffer {
    const { file, end } = this.where.places.place(this.rows[text] ?? 0);
    const source = this.where.sources[file];
    if (!source) throw new RangeError(`file ${file}`);
    if (verify) source.verify();
    return this.window.look(source, this.next[text] ?? 0, { length, limit: end });
  }

  private pieceOf(text: number, whole: string, units: number): string {
    const from = this.next[text] ?? 0;
    let end = from + units;
    // Both halves of a pair are taken together, as from the file.
    if (end < whole.length && isHigh(whole.charCodeAt(end - 1)) && isLow(whole.charCodeAt(end))) end++;
    this.next[text] = end >= whole.length ? Number.NaN : end;
    return whole.slice(from, end);
  }

  private readPiece(text: number, source: Source, { rowEnd, units }: { rowEnd: number; units: number }): string {
    const offset = this.next[text] ?? 0;
    const most = (units + 2) * bytesPerUnit;
    for (let length = Number.isFinite(most) ? Math.min(Math.max(leastBytes, most), firstLook) : firstLook; ; length *= 4) {
      const bytes = this.window.look(source, offset, { length, limit: rowEnd });
      const taken = takeUnits(bytes, 0, units);
      if (taken) {
        this.next[text] = taken.isOver ? Number.NaN : offset + taken.end;
        return decodeString(bytes, { from: 0, ...taken });
      }
      if (offset + length >= rowEnd) throw changedFile(source);
    }
  }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
