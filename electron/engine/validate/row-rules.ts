import { CellKind } from '../index/types.ts';
import { bitsWhere, noBits, orBits } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import { searchEqualLines } from './equal-lines.ts';
import { type ColumnRule, type Findings, once } from './rule.ts';

/** What is wrong with a row as a whole. */
export const rowRules: readonly ColumnRule[] = [
  {
    id: 'row/failure',
    severity: 'warning',
    title: 'Failed attempt',
    meaning: 'The row has _ng_failure_class: it records an attempt that failed, and its reward counts for nothing.',
    remedy: 'Failures belong into their own file, beside this one. Exports leave them out.',
    at: '_ng_failure_class',
    search: (index) =>
      once(() => {
        const kinds = index.fieldKinds('_ng_failure_class');
        const failure = index.column('_ng_failure_class');
        return {
          rows: bitsWhere(index.rowCount, (row) => (kinds?.[row] ?? CellKind.missing) > CellKind.null),
          message: (row) => `failure class ${failure?.text(row)?.slice(0, 80) ?? 'of unknown kind'}`,
        };
      }),
  },
  {
    id: 'row/exact-duplicate',
    severity: 'warning',
    title: 'Exact duplicate',
    meaning: 'An earlier line is the same, byte for byte: a rollout would count twice.',
    remedy: 'Two copies of a file, or a run appended twice. Exports with dedupe leave them out.',
    needsHashes: true,
    search: searchEqualLines,
  },
  {
    id: 'row/masked',
    severity: 'note',
    title: 'Masked',
    meaning: 'The row has mask_sample: the environment found no valid measurement and asks to leave it out of training.',
    remedy: 'Look at failure_reason of the row. Exports leave it out, and Gym leaves it out of its averages.',
    at: 'mask_sample',
    search: (index) =>
      once(() => {
        const masked = index.column('mask_sample');
        const kinds = masked?.kinds();
        const numbers = masked?.numbers();
        return {
          rows: bitsWhere(index.rowCount, (row) => kinds?.[row] === CellKind.boolean && numbers?.[row] === 1),
          message: () => 'mask_sample is true',
        };
      }),
  },
  {
    id: 'number/beyond-float64',
    severity: 'note',
    title: 'Number beyond float64',
    meaning:
      'A field holds a number that float64 cannot hold: an integer beyond 2^53, or more than 1.8e308. Most readers change it without a word.',
    remedy: 'Identifiers should be text. Here such numbers keep their digits, and custom/rollouts passes them on as they are.',
    search: searchExactNumbers,
  },
];

function* searchExactNumbers(index: DatasetIndex): Generator<void, Findings> {
  let rows = noBits(index.rowCount);
  const holders: { name: string; kinds: Uint8Array }[] = [];
  for (const column of index.columns()) {
    // The same numbers under another name.
    if (column.derived) continue;
    const { kind } = column.info();
    if (kind !== 'number' && kind !== 'mixed') continue;
    const kinds = column.kinds();
    if (kinds.includes(CellKind.exact)) {
      holders.push({ name: column.name, kinds });
      rows = orBits(
        rows,
        bitsWhere(index.rowCount, (row) => kinds[row] === CellKind.exact),
      );
    }
    yield;
  }
  const holder = (row: number): string | undefined => holders.find(({ kinds }) => kinds[row] === CellKind.exact)?.name;
  return {
    rows,
    at: holder,
    message: (row) =>
      `${holder(row) ?? 'a field'} is ${
        index
          .column(holder(row) ?? '')
          ?.text(row)
          ?.slice(0, 40) ?? 'such a number'
      }`,
  };
}
