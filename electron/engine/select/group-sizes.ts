import type { GroupSize } from '#shared/model/group.ts';
import type { Filter } from '#shared/model/query.ts';
import { filterBits, finish, hasBit, memoInSteps } from '../query/index.ts';
import { deadChance } from './chances.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { rankedTasks } from './ranked-tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

export interface SizesRequest {
  readonly filter: Filter;
  readonly metric: string;
  readonly sizes: readonly number[];
  /** By default that of the signal everywhere else. */
  readonly tolerance?: number | undefined;
}

/** Values that are looked at between two yields, over all sizes. */
const valuesPerStep = 20_000;

/**
 * What share of the groups would carry no signal with other sizes: the mean over the tasks that have two values or more of
 * the chance that so many of their rollouts, drawn at random, are all equal. Fails with bad-input on a wrong condition.
 */
export const groupSizes = memoInSteps(
  4,
  function* (index: DatasetIndex, { filter, metric, sizes, tolerance }: SizesRequest): Generator<void, GroupSize[]> {
    const { starts, rows, values, largest } = rankedTasks(index, metric);
    yield;
    const bits = filterBits(index, filter);
    yield;
    const found = sizes.map((size) => ({ size, tasks: 0, extrapolated: 0, sum: 0 }));
    const kept = new Float64Array(largest);
    let looked = 0;
    for (let task = 0, i = 0; task + 1 < starts.length; task++) {
      let count = 0;
      for (const end = starts[task + 1]!; i < end; i++) if (hasBit(bits, rows[i]!) && !Number.isNaN(values[i]!)) kept[count++] = values[i]!;
      if (count < 2) continue;
      const ascending = kept.subarray(0, count);
      for (const entry of found) {
        const { chance, extrapolated } = deadChance(ascending, entry.size, tolerance);
        entry.tasks++;
        entry.sum += chance;
        if (extrapolated) entry.extrapolated++;
      }
      looked += count * sizes.length;
      if (looked < valuesPerStep) continue;
      looked = 0;
      yield;
    }
    return found.map(({ sum, ...entry }) => ({ ...entry, ...(entry.tasks > 0 && { deadShare: sum / entry.tasks }) }));
  },
  JSON.stringify,
);

/** The same at once. */
export const expectGroupSizes = (index: DatasetIndex, request: SizesRequest): GroupSize[] => finish(groupSizes.steps(index, request));
