import type { GroupRollouts } from '#shared/model/group.ts';
import type { Filter, Range } from '#shared/model/query.ts';
import { filterBits, hasBit, readCells, metricNumbers } from '../query/index.ts';
import { advantages } from './advantages.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { orderedTasks } from './ordered-tasks.ts';
import { finiteOrNull, integerOrNull } from './task-groups.ts';
import { NO_TASK } from './tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

export interface RolloutsRequest {
  readonly filter: Filter;
  readonly metric: string;
  /** Any row of the task. */
  readonly row: number;
  readonly range: Range;
  readonly columns: readonly string[];
  /** Of the signal. */
  readonly tolerance?: number | undefined;
}

/** The rollouts of the task of a row that a filter keeps, none where the row is no rollout. Fails with bad-input on a wrong condition. */
export function readGroupRollouts(index: DatasetIndex, { filter, metric, row, range, columns, tolerance }: RolloutsRequest): GroupRollouts {
  const task = index.tasks().taskOf[row] ?? NO_TASK;
  const { starts, rows: ordered, rollouts } = orderedTasks(index);
  const bits = filterBits(index, filter);
  const kept = task === NO_TASK ? [] : [...ordered.subarray(starts[task], starts[task + 1])].filter((each) => hasBit(bits, each));
  const numbers = metricNumbers(index, metric);
  const values = Float64Array.from(kept, (each) => finiteOrNull(numbers?.[each]) ?? Number.NaN);
  const { centred, scaled } = advantages(values, tolerance);
  const rows = kept.slice(range.start, range.end);
  const window = (all: Float64Array): (number | null)[] => Array.from(all.subarray(range.start, range.end), finiteOrNull);
  return {
    total: kept.length,
    rows,
    rollouts: rows.map((each) => integerOrNull(rollouts?.[each])),
    values: window(values),
    centred: window(centred),
    advantages: window(scaled),
    columns: columns.map((name) => readCells(index, name, rows)),
  };
}
