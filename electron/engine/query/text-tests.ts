import { CellKind, type Column, NO_CODE } from '../index/types.ts';
import { addBit, type Bitset, bitsWhere, noBits } from './bitset.ts';
import { compareCodePoints } from './code-points.ts';
import { withShare } from './shares.ts';
import { textPieces } from './text-pieces.ts';

/** A test of a text that may know from its beginning what is true of the whole. */
export interface TextTest {
  /** UTF-16 units of the beginning that it must see; Infinity: of all of it. */
  readonly units: number;
  accepts(beginning: string): boolean;
}

export function equalsText(wanted: string): TextTest {
  return { units: wanted.length + 1, accepts: (text) => text === wanted };
}

export function isOneOf(wanted: ReadonlySet<string>): TextTest {
  const longest = [...wanted].reduce((most, { length }) => Math.max(most, length), 0);
  return { units: longest + 1, accepts: (text) => wanted.has(text) };
}

/** `accepts`: the sign of a comparison with the bound. What follows a beginning that is longer than the bound does not change it. */
export function comparesText(bound: string, accepts: (sign: number) => boolean): TextTest {
  return { units: bound.length + 1, accepts: (text) => accepts(compareCodePoints(text, bound)) };
}

/**
 * Rows that hold a text that passes. Each distinct one is tried once where the column has a dictionary; others are read in the
 * order of the file, no more of each than the test must see; yields how far that is.
 */
export function* textsWhere(column: Column, rowCount: number, { units, accepts }: TextTest): Generator<number, Bitset> {
  const dictionary = column.codes();
  if (dictionary) {
    const { codes, values } = dictionary;
    const passes = Uint8Array.from(values, (text) => (accepts(text) ? 1 : 0));
    return bitsWhere(rowCount, (row) => {
      const code = codes[row] ?? NO_CODE;
      return code !== NO_CODE && passes[code] === 1;
    });
  }
  const bits = noBits(rowCount);
  if (!column.kinds().includes(CellKind.string)) return bits;
  const pieces = textPieces(column);
  let last = 0;
  const reading = pieces.read(null, units, (text, beginning) => {
    last = text;
    if (accepts(beginning)) addBit(bits, pieces.rows[text] ?? 0);
  });
  yield* withShare(reading, () => last / pieces.rows.length);
  return bits;
}
