export { noOddRows, oddBit, type OddFound, type OddKind, oddKinds, type OddRows } from './kinds.ts';
export { firstOdd, OddReader } from './odd-reader.ts';
