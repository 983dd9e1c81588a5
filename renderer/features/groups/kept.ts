import type { ConditionRange } from '#shared/model/expression/index.ts';
import type { TaskGroup } from '#shared/model/group.ts';
import { groupFigure } from '../../state/group-conditions.ts';

/** Figures that the list has at hand. */
const drawn = ['mean', 'std', 'min', 'max', 'size'] as const;

/** Whether a draft on a figure of groups would keep a group, by the figure at hand; other drafts fade nothing here. */
export function keepsGroup(group: TaskGroup, range: ConditionRange, metric: string): boolean {
  const name = drawn.find((each) => range.column === (each === 'size' ? 'group.size' : groupFigure(each, metric)));
  const figure = name === undefined ? 'other' : group[name];
  if (figure === 'other') return true;
  if (figure === undefined) return false;
  const aboveMin = range.min === null || (range.minOpen ? figure > range.min : figure >= range.min);
  return aboveMin && (range.max === null || (range.maxOpen ? figure < range.max : figure <= range.max));
}
