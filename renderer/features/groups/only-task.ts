import { oneOfCondition } from '#shared/model/expression/index.ts';
import type { TaskGroup } from '#shared/model/group.ts';

/** A filter that keeps one task alone, on top of what it has. */
export function onlyTask(filter: readonly string[], { task, agent }: TaskGroup): string[] {
  const wanted = [oneOfCondition('task', [task]), ...(agent === undefined ? [] : [oneOfCondition('agent', [agent])])];
  return [...filter, ...wanted.filter((condition) => !filter.includes(condition))];
}
