import { AppError } from '#shared/errors.ts';
import { type Bitset, bitsWhere } from '../query/index.ts';
import { CellKind, type Column, NO_CODE } from '../index/types.ts';
import { type DatasetIndex, denseColumn, denseStrings } from '../select/index.ts';
import type { Mark, MarkTable } from './mark-table.ts';

/** The rows whose mark passes. Fails with bad-input where the marks of some rows were not read. */
export function markedRows(index: DatasetIndex, table: MarkTable, test: (mark: Mark) => boolean): Bitset {
  if (!table.isWhole) throw new AppError('bad-input', 'The review marks have not been read yet. Ask again.');
  return bitsWhere(index.rowCount, (row) => {
    const mark = table.marks.get(row);
    return mark !== undefined && test(mark);
  });
}

/** What the columns are called. */
export const markNames: ReadonlySet<string> = new Set(['star', 'tags', 'note']);

/** `star` (true or false), `tags` (joined by commas) and `note` of every rollout; none while nothing is marked. */
export function markColumns(index: DatasetIndex, table: MarkTable): Column[] {
  if (table.marks.size === 0 || !table.isWhole) return [];
  return [
    starColumn(index, table),
    textColumn(index, table, 'tags', ({ tags }) => tags.join(', ')),
    textColumn(index, table, 'note', ({ note }) => note),
  ];
}

function starColumn(index: DatasetIndex, { marks }: MarkTable): Column {
  const valid = index.valid();
  const kinds = valid.map((is) => (is === 1 ? CellKind.boolean : CellKind.missing));
  const numbers = Float64Array.from(valid, (is, row) => (is === 1 ? Number(marks.get(row)?.star ?? false) : Number.NaN));
  const present = valid.reduce((sum, is) => sum + is, 0);
  return denseColumn({
    name: 'star',
    kind: 'boolean',
    counts: () => ({ present, missing: 0 }),
    values: () => ({ kinds, numbers, strings: null }),
    cell: (row) => (valid[row] === 1 ? (marks.get(row)?.star ?? false) : undefined),
  });
}

/** An empty text is missing. */
function textColumn(index: DatasetIndex, { marks }: MarkTable, name: string, textOf: (mark: Mark) => string): Column {
  const valid = index.valid();
  const texts = new Map<string, number>();
  const codes = new Uint32Array(index.rowCount).fill(NO_CODE);
  let present = 0;
  for (const [row, mark] of marks) {
    const text = textOf(mark);
    if (text === '') continue;
    if (!texts.has(text)) texts.set(text, texts.size);
    codes[row] = texts.get(text) ?? NO_CODE;
    present++;
  }
  const values = denseStrings(codes, [...texts.keys()]);
  const rollouts = valid.reduce((sum, is) => sum + is, 0);
  return denseColumn({
    name,
    kind: 'string',
    counts: () => ({ present, missing: rollouts - present }),
    values: () => values,
    cell(row) {
      const mark = marks.get(row);
      return (mark && textOf(mark)) || undefined;
    },
  });
}
