import type { ConditionRange } from '#shared/model/expression/index.ts';
import type { TaskGroup } from '#shared/model/group.ts';

/** Whether a draft on a figure of groups would keep a group, by the figure at hand; other drafts fade nothing here. */
export function keepsGroup(group: TaskGroup, range: ConditionRange): boolean {
  const figure = figureOf(group, range.column);
  if (figure === 'other') return true;
  if (figure === undefined) return false;
  const aboveMin = range.min === null || (range.minOpen ? figure > range.min : figure >= range.min);
  return aboveMin && (range.max === null || (range.maxOpen ? figure < range.max : figure <= range.max));
}

function figureOf(group: TaskGroup, column: string): number | undefined | 'other' {
  switch (column) {
    case 'group.mean':
      return group.mean;
    case 'group.std':
      return group.std;
    case 'group.min':
      return group.min;
    case 'group.max':
      return group.max;
    case 'group.size':
      return group.size;
    default:
      return 'other';
  }
}
