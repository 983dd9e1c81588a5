import type { KeyboardEvent } from 'react';
import type { TaskGroup } from '#shared/model/group.ts';
import { keyIn, listStep } from '../../ui/key-press.ts';
import type { GroupList } from './use-group-list.ts';
import type { GroupCursor } from './use-group-cursor.ts';

interface Means {
  readonly list: GroupList;
  readonly cursor: GroupCursor;
  readonly pageRows: number;
  readonly onRead: (row: number, full: boolean) => void;
}

/** The keys of a tree grid (ARIA APG), with j and k; whether the key was one of them. */
export function takeKey(event: KeyboardEvent, means: Means): boolean {
  const by = listStep(event, means.pageRows);
  if (by !== null) means.cursor.moveBy(by);
  return by !== null || takeGroupKey(event, means);
}

function takeGroupKey(event: KeyboardEvent, { list, cursor, onRead }: Means): boolean {
  const { groups, rollouts, open, openGroup, toggle } = list;
  const { stop } = cursor;
  switch (keyIn('groups', event)) {
    case 'groups.open':
      if (stop?.kind === 'rollout') return true;
      if (stop === null) {
        // The keys are on no task yet: they begin with the first.
        if (groups.at(0) === undefined) return true;
        cursor.moveTo({ kind: 'group', index: 0 });
        toggle(0);
        return true;
      }
      if (stop.index !== open?.index) toggle(stop.index);
      else if (open.rollouts > 0) cursor.moveTo({ kind: 'rollout', at: 0 });
      return true;
    case 'groups.close':
      if (open === null || stop === null) return true;
      if (stop.kind === 'rollout') cursor.moveTo({ kind: 'group', index: open.index });
      else if (stop.index === open.index) toggle(stop.index);
      return true;
    case 'groups.read':
    case 'groups.readFull': {
      const group = stop?.kind === 'group' ? groups.at(stop.index) : openGroup;
      const row = stop?.kind === 'rollout' ? rollouts.at(stop.at)?.row : group && bestRow(group);
      if (row !== undefined) onRead(row, event.shiftKey);
      return row !== undefined;
    }
    default:
      return false;
  }
}

/** The rollout with the greatest value, of equals the first. */
function bestRow({ rows, values }: TaskGroup): number | undefined {
  let best = 0;
  values.forEach((value, at) => {
    if (value !== null && value > (values[best] ?? -Infinity)) best = at;
  });
  return rows[best];
}
