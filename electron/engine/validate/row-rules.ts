import { CellKind } from '../index/types.ts';
import { bitsWhere } from '../query/index.ts';
import { searchEqualLines } from './equal-lines.ts';
import { type ColumnRule, once } from './rule.ts';

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
];
