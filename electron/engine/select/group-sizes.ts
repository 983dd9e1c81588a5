import type { GroupSize } from '#shared/model/group.ts';
import type { Filter } from '#shared/model/query.ts';
import { filterBits, hasBit } from '../query/index.ts';
import { deadChance } from './chances.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { rankedTasks } from './ranked-tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/**
 * What share of the groups would carry no signal with other sizes: the mean over the tasks that have two values or more of
 * the chance that so many of their rollouts, drawn at random, are all equal. Fails with bad-input on a wrong condition.
 */
export function expectGroupSizes(index: DatasetIndex, request: { filter: Filter; metric: string; sizes: readonly number[] }): GroupSize[] {
  const { starts, rows, values, largest } = rankedTasks(index, request.metric);
  const bits = filterBits(index, request.filter);
  const found = request.sizes.map((size) => ({ size, tasks: 0, extrapolated: 0, sum: 0 }));
  const kept = new Float64Array(largest);
  for (let task = 0, i = 0; task + 1 < starts.length; task++) {
    let count = 0;
    for (const end = starts[task + 1]!; i < end; i++) if (hasBit(bits, rows[i]!) && !Number.isNaN(values[i]!)) kept[count++] = values[i]!;
    if (count < 2) continue;
    const ascending = kept.subarray(0, count);
    for (const entry of found) {
      const { chance, extrapolated } = deadChance(ascending, entry.size);
      entry.tasks++;
      entry.sum += chance;
      if (extrapolated) entry.extrapolated++;
    }
  }
  return found.map(({ sum, ...entry }) => ({ ...entry, ...(entry.tasks > 0 && { deadShare: sum / entry.tasks }) }));
}
