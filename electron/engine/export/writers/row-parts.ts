import { writeJson } from '#shared/model/json.ts';
import type { Fields } from '../types.ts';
import type { ByteSink } from './byte-sink.ts';

/** Bytes [start, end) of the JSON text of a row. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const wordBytes = 4;
const [openObject, closeObject, openList, closeList, comma] = [123, 125, 91, 93, 44];

/**
 * Appends the JSON text of a row, as `writeJson` writes it, and a note of where its parts lie: to find them again in the text takes as
 * long as to write it. Answers the bytes of the text. Fails with JsonDepthError.
 *
 * The note is of 32-bit numbers, places counted from the beginning of the text: for each field where its value begins and ends, how many
 * values it lists, and where each of those begins and ends; behind all fields, how many numbers that are.
 */
export function writeParts(row: Fields, out: ByteSink): number {
  const from = out.length;
  const note: number[] = [];
  out.byte(openObject);
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    if (note.length > 0) out.byte(comma);
    out.text(`${JSON.stringify(name)}:`);
    const field = note.push(out.length - from, 0, 0) - 3;
    if (Array.isArray(value)) writeList(value, out, (place) => note.push(place - from));
    else out.text(writeJson(value, 0, 1));
    note[field + 1] = out.length - from;
    note[field + 2] = (note.length - field - 3) / 2;
  }
  out.byte(closeObject);
  const bytes = out.length - from;
  note.push(note.length);
  out.bytes(new Uint8Array(Uint32Array.from(note).buffer));
  return bytes;
}

/** `tell`: where each value begins, and where it ends. */
function writeList(list: readonly unknown[], out: ByteSink, tell: (place: number) => void): void {
  out.byte(openList);
  for (const [i, value] of list.entries()) {
    if (i > 0) out.byte(comma);
    tell(out.length);
    out.text(writeJson(value, 0, 2));
    tell(out.length);
  }
  out.byte(closeList);
}

/** The JSON text of a row that `writeParts` wrote, and its parts. */
export class RowParts {
  readonly text: Buffer;
  private readonly note: Uint32Array;
  /** Of each field, by name, where its numbers begin in the note. */
  private readonly fields = new Map<string, number>();

  /** `bytes`: all that was appended. */
  constructor(bytes: Buffer) {
    const words = bytes.readUInt32LE(bytes.length - wordBytes);
    const noteAt = bytes.length - (words + 1) * wordBytes;
    this.text = bytes.subarray(0, noteAt);
    // A copy: numbers lie at multiples of their size.
    this.note = new Uint32Array(bytes.buffer.slice(bytes.byteOffset + noteAt, bytes.byteOffset + bytes.length - wordBytes));
    let keyAt = 1;
    for (let at = 0; at < words;) {
      const { start, end } = this.spanAt(at);
      const name: unknown = JSON.parse(this.text.toString('utf8', keyAt, start - 1));
      if (typeof name !== 'string') throw new SyntaxError('a field without a name');
      this.fields.set(name, at);
      keyAt = end + 1;
      at += 3 + 2 * (this.note[at + 2] ?? 0);
    }
  }

  get names(): IterableIterator<string> {
    return this.fields.keys();
  }

  /** The JSON of a field. */
  value(name: string): Buffer | undefined {
    const at = this.fields.get(name);
    return at === undefined ? undefined : this.cut(at);
  }

  /** The JSON of each value that a field lists; undefined where it is no list. */
  items(name: string): Buffer[] | undefined {
    const at = this.fields.get(name);
    if (at === undefined || this.text[this.note[at] ?? 0] !== openList) return undefined;
    return Array.from({ length: this.note[at + 2] ?? 0 }, (_, i) => this.cut(at + 3 + 2 * i));
  }

  private cut(at: number): Buffer {
    const { start, end } = this.spanAt(at);
    return this.text.subarray(start, end);
  }

  private spanAt(at: number): Span {
    return { start: this.note[at] ?? 0, end: this.note[at + 1] ?? 0 };
  }
}
