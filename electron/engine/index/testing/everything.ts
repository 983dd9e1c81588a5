import { createHash } from 'node:crypto';
import type { RowIndex } from '../types.ts';

const hashedParts = ['prompt', 'tools', 'answer'] as const;

/** Everything an index answers, so that two can be compared. */
export function everything(index: RowIndex): unknown {
  return {
    rowCount: index.rowCount,
    valid: [...index.valid()],
    invalid: index.invalidRows,
    called: index.names('called'),
    offered: index.names('offered'),
    hashes: index.isHashed ? hashedParts.map((part) => [...index.hash(part)]) : null,
    places: Array.from({ length: index.rowCount }, (_, row) => index.place(row)),
    columns: index.columns().map((column) => ({
      name: column.name,
      info: column.info(),
      kinds: [...column.kinds()],
      numbers: [...column.numbers()],
      codes: [...(column.codes()?.codes ?? [])],
      values: column.codes()?.values,
    })),
  };
}

/** The same as a hash, for indexes of many rows. */
export function everythingHash(index: RowIndex): string {
  const invalid = index.invalidRows.map(({ row, offset, rule, message }) => [row, offset, rule, message]);
  const hash = createHash('sha256').update(JSON.stringify(invalid));
  hash.update(index.valid());
  for (const which of ['called', 'offered'] as const) {
    const { values, sets, setOf } = index.names(which);
    hash.update(JSON.stringify([values, sets.map((set) => [...set])])).update(setOf);
  }
  if (index.isHashed) for (const part of hashedParts) hash.update(index.hash(part));
  for (let row = 0; row < index.rowCount; row++) hash.update(Object.values(index.place(row)).join());
  for (const column of index.columns()) {
    const codes = column.codes();
    hash
      .update(JSON.stringify([column.name, column.info(), codes?.values]))
      .update(column.kinds())
      .update(column.numbers());
    if (codes) hash.update(codes.codes);
  }
  return hash.digest('hex');
}
