import { Buffer } from 'node:buffer';
import { requiredTexts } from './literals.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** Lines of one block: line i is bytes [starts[i], ends[i]). */
export interface Lines {
  readonly bytes: Buffer;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * Looks at raw bytes to skip lines that provably hold no match: each of its marks is a text without anything that JSON may
 * write in a short escape, so that a line which holds it holds either its bytes or an escape `\uXXXX` of one of its characters.
 */
export class Prefilter {
  private constructor(private readonly marks: readonly Mark[]) {}

  /** Undefined where every line may hold a match. */
  static of({ text, regex, ignoreCase }: { text: string; regex: boolean; ignoreCase: boolean }): Prefilter | undefined {
    const texts = regex ? requiredTexts(text) : [text];
    const marks = texts?.map((each) => markOf(each, ignoreCase));
    if (!marks || marks.some((mark) => mark === undefined)) return undefined;
    return new Prefilter(marks.filter((mark) => mark !== undefined));
  }

  /** Adds 1 for each line that may hold a match. */
  note(lines: Lines, suspects: Uint8Array): void {
    for (const mark of this.marks) {
      noteAll(lines, suspects, mark.finder(lines.bytes));
      noteEscapes(lines, suspects, mark);
    }
  }
}

interface Mark {
  /** UTF-16 units whose escapes make a line suspect. */
  readonly units: ReadonlySet<number>;
  /** Finds the next place from a position on, -1 where there is none. */
  finder(bytes: Buffer): (from: number) => number;
}

/** Characters that JSON may write in two letters, or must not write raw. */
const escapable = /[\u0000-\u001f"\\/\ud800-\udfff]/u;
/** Ignoring case, ASCII letters are alone with their other case but for k (Kelvin sign) and s (long s); others are left aside. */
const foldsAlone = /^[\u0020-\u007e]$/;
const foldsWithOthers = /^[kKsS]$/;

/** The longest run of characters of a text that can be looked for; undefined where it has none. */
function markOf(text: string, ignoreCase: boolean): Mark | undefined {
  let best = '';
  let run = '';
  for (const character of text) {
    const isPlain = !escapable.test(character) && (!ignoreCase || (foldsAlone.test(character) && !foldsWithOthers.test(character)));
    run = isPlain ? run + character : '';
    if (run.length > best.length) best = run;
  }
  if (best === '') return undefined;
  const cases = ignoreCase ? best.toLowerCase() + best.toUpperCase() : best;
  const units = new Set(Array.from({ length: cases.length }, (_, i) => cases.charCodeAt(i)));
  if (ignoreCase && /[a-z]/i.test(best)) return { units, finder: (bytes) => caselessFinder(bytes, best) };
  const needle = Buffer.from(best);
  return { units, finder: (bytes) => (from) => bytes.indexOf(needle, from) };
}

/** ASCII only: bytes are letters of latin1 then, and V8's literal search is nearly as fast as one for bytes. */
function caselessFinder(bytes: Buffer, text: string): (from: number) => number {
  const letters = bytes.toString('latin1');
  const pattern = new RegExp(
    text.replace(/[^A-Za-z0-9 ]/g, (each) => `\\x${each.charCodeAt(0).toString(16).padStart(2, '0')}`),
    'gi',
  );
  return (from) => {
    pattern.lastIndex = from;
    return pattern.exec(letters)?.index ?? -1;
  };
}

function noteAll({ starts, ends }: Lines, suspects: Uint8Array, find: (from: number) => number): void {
  for (let line = 0, at = 0; line < starts.length;) {
    const found = find(Math.max(at, starts[line]!));
    if (found < 0) return;
    while (line < starts.length && ends[line]! <= found) line++;
    if (line < starts.length && found >= starts[line]!) suspects[line++] = 1;
    at = line < starts.length ? starts[line]! : found;
  }
}

const anyEscape = Buffer.from('\\u');
const latin1Escape = Buffer.from('\\u00');

function noteEscapes({ bytes, starts, ends }: Lines, suspects: Uint8Array, { units }: Mark): void {
  const needle = [...units].every((unit) => unit < 0x100) ? latin1Escape : anyEscape;
  for (let line = 0, at = 0; line < starts.length;) {
    const found = bytes.indexOf(needle, Math.max(at, starts[line]!));
    if (found < 0) return;
    while (line < starts.length && ends[line]! <= found) line++;
    if (line >= starts.length) return;
    at = found + 2;
    // `\\u0041` is a backslash and letters: it only makes a line suspect that is not.
    if (found >= starts[line]! && units.has(Number.parseInt(bytes.toString('latin1', found + 2, found + 6), 16))) {
      suspects[line++] = 1;
      at = line < starts.length ? starts[line]! : at;
    }
  }
}
