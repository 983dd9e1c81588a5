import type { DatasetIndex } from './dataset-index.ts';
import { orderedTasks } from './ordered-tasks.ts';

// Rows and tasks are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** How many rollouts were planned of each task. */
export interface Plan {
  /** Changes with the counts. */
  readonly version: string;
  /** By `_ng_task_index` as text; undefined where the plan does not know the task. */
  count(task: string, agent: string | undefined): number | undefined;
}

/** Planned rollouts of a task, and how many rollout indices of them are nowhere in the dataset, whatever a filter keeps. */
export function missingOf(index: DatasetIndex, task: number, plan: Plan | undefined): { expected: number; missing: number } | undefined {
  if (!plan) return undefined;
  const { starts, rows, rollouts } = orderedTasks(index);
  const [from, to] = [starts[task]!, starts[task + 1]!];
  const first = rows[from]!;
  if (!rollouts || !index.column('_ng_task_index')) return undefined;
  const expected = plan.count(index.tasks().label(task), index.column('agent')?.text(first));
  if (expected === undefined) return undefined;
  // Several attempts of one rollout are one.
  let present = 0;
  for (let i = from; i < to; i++) if (i === from || rollouts[rows[i]!] !== rollouts[rows[i - 1]!]) present++;
  return { expected, missing: Math.max(0, expected - present) };
}
