import type { Column, RowIndex } from '../index/types.ts';
import { computedNumbers } from './computed-column.ts';
import { NO_TASK, type TaskTable } from './tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/**
 * `rank in group`: the place of each rollout among all of its task by reward, highest first, from 1; ties to the earlier
 * line. Missing where the rollout has no finite reward.
 */
export function rankColumn(index: RowIndex, tasks: TaskTable): Column {
  const rewards = index.column('reward')?.numbers();
  const ranks = new Float64Array(tasks.taskOf.length).fill(Number.NaN);
  if (rewards) {
    for (let task = 0; task < tasks.count; task++) {
      const rows = tasks.rowsOf(task).filter((row) => Number.isFinite(rewards[row]!));
      rows.sort((a, b) => rewards[b]! - rewards[a]! || a - b).forEach((row, at) => (ranks[row] = at + 1));
    }
  }
  return computedNumbers('rank in group', ranks, (row) => tasks.taskOf[row] !== NO_TASK);
}
