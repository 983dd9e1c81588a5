import type { GroupsSummary, TaskGroup } from '#shared/model/group.ts';
import type { ValueRange } from '../../ui/reward-scale.ts';

const unit: ValueRange = { min: 0, max: 1 };

/**
 * What a full and an empty cell stand for in the strip of a group: the values of its agent, as agents score differently; 0 and 1
 * where they lie between, so that a task that never passes is all stubs. `whole`: of all agents.
 */
export function stripRanges(summary: GroupsSummary | undefined, whole: ValueRange): (group: TaskGroup) => ValueRange {
  const ranges = new Map(summary?.agents.map(({ agent, min, max }) => [agent, rangeOf(min, max, whole)]));
  const others = rangeOf(whole.min, whole.max, whole);
  return (group) => ranges.get(group.agent) ?? others;
}

function rangeOf(min: number | undefined, max: number | undefined, whole: ValueRange): ValueRange {
  if (min === undefined || max === undefined) return whole;
  return min >= 0 && max <= 1 ? unit : { min, max };
}
