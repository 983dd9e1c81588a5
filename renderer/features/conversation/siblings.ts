import type { RolloutDetail, Sibling } from '#shared/model/rollout.ts';

type Rollout = Extract<RolloutDetail, { kind: 'rollout' }>;

/** All rollouts of the task, the one in view among them, by rollout index and then by place in the file. */
export function taskRollouts(detail: Rollout, metric: string): Sibling[] {
  const value = detail.metrics[metric];
  const self: Sibling = {
    row: detail.row,
    ...(detail.rollout === undefined ? {} : { rollout: detail.rollout }),
    ...(value === undefined ? {} : { metric: value }),
  };
  const others = detail.siblings.filter((sibling) => sibling.row !== detail.row);
  return [...others, self].sort((a, b) => (a.rollout ?? Infinity) - (b.rollout ?? Infinity) || a.row - b.row);
}

/** Mean of those that have a value; undefined where none has. */
export function meanMetric(siblings: readonly Sibling[]): number | undefined {
  const values = siblings.flatMap((sibling) => (sibling.metric === undefined ? [] : [sibling.metric]));
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
