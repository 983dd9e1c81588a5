import { CellKind, type Column } from '../index/types.ts';

// Codes are below the length of their dictionary: that is what `!` stands for here.

/** A test of the text of a column, made once for each distinct text where the column has a dictionary. */
export function textTest(column: Column | undefined, test: (text: string) => boolean): (row: number) => boolean {
  const dictionary = column?.codes();
  if (!dictionary) return (row) => test(column?.text(row) ?? '');
  const passes = dictionary.values.map(test);
  return (row) => passes[dictionary.codes[row]!] === true;
}

/** What a cell holds instead of what it should. */
export function kindWords(kind: number | undefined): string {
  switch (kind) {
    case CellKind.boolean:
      return 'true or false';
    case CellKind.array:
      return 'a list';
    case CellKind.string:
      return 'text';
    case CellKind.object:
      return 'an object';
    default:
      return 'a number';
  }
}
