import type { ColumnInfo } from '#shared/model/column.ts';

/** What names a task where no index does, in the order in which the engine asks (training-formats §8). */
const taskIds = ['task_id', 'problem_id', 'instance_id'] as const;

/** What the engine groups by where no rollout has a task index. */
export function usualGrouping(columns: readonly ColumnInfo[]): string {
  return taskIds.find((id) => columns.some(({ name, present }) => name === id && present > 0)) ?? 'prompt';
}

/** Fields that look like the name of a task, the likeliest first. */
export function groupingCandidates(columns: readonly ColumnInfo[]): string[] {
  const fields = columns.filter(({ derived, present, kind }) => !derived && present > 0 && kind !== 'boolean').map(({ name }) => name);
  const known = taskIds.filter((id) => fields.includes(id));
  const named = fields.filter(
    (name) => /(^|[._])(id|uid|uuid|key|hash|index|task|problem|question|sample)$/i.test(name) && !name.startsWith('_ng_'),
  );
  return [...new Set([...known, ...named])];
}
