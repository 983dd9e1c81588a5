import { useCallback, useEffect, useState } from 'react';
import type { TaskGroup } from '#shared/model/group.ts';
import type { GroupRollout, GroupsQuestion } from '../../data/use-groups.ts';
import type { Paged } from '../../data/use-pages.ts';
import { useSelected, useSteadyView } from '../../state/use-view.tsx';
import { lineOf, moveBy, type OpenGroup, type Stop } from './lines.ts';
import { usePlace } from './use-place.ts';

interface CursorInput {
  readonly question: GroupsQuestion | null;
  readonly groups: Paged<TaskGroup>;
  readonly rollouts: Paged<GroupRollout>;
  readonly open: OpenGroup | null;
  readonly reveal: (line: number) => void;
}

export interface GroupCursor {
  /** Null: nowhere, or not known yet. */
  readonly stop: Stop | null;
  readonly moveTo: (stop: Stop) => void;
  readonly moveBy: (by: number) => void;
}

/** Which task, or rollout of the open one, the keys are on. The selected row says it, and on which level it was chosen. */
export function useGroupCursor({ question, groups, rollouts, open, reveal }: CursorInput): GroupCursor {
  const { view, dispatch } = useSteadyView();
  const { reader } = view;
  // A link to an open task alone begins there.
  const selected = useSelected() ?? view.groups.open;
  const place = usePlace(question, selected);
  // A stop whose row is not loaded yet.
  const [wanted, setWanted] = useState<Stop | null>(null);
  /** The rollout of the open group that was chosen, by its row. */
  const [child, setChild] = useState<{ row: number; at: number } | null>(null);
  const onChild = open !== null && child !== null && child.row === selected && child.at < open.rollouts;
  const standing: Stop | null = onChild
    ? { kind: 'rollout', at: child.at }
    : typeof place.index === 'number'
      ? { kind: 'group', index: place.index }
      : null;
  const stop = wanted ?? standing;

  const { tell } = place;
  const moveTo = useCallback(
    (to: Stop) => {
      reveal(lineOf(to, open));
      const row = to.kind === 'group' ? groups.at(to.index)?.rows[0] : rollouts.at(to.at)?.row;
      if (row === undefined) {
        setWanted(to);
        return;
      }
      setWanted(null);
      if (to.kind === 'group') tell(row, to.index);
      else if (open !== null) tell(row, open.index);
      setChild(to.kind === 'group' ? null : { row, at: to.at });
      dispatch(reader === null ? { type: 'select', row } : { type: 'read', row });
    },
    [groups, rollouts, open, reveal, tell, reader, dispatch],
  );
  useEffect(() => {
    if (wanted === null) return;
    const isThere = wanted.kind === 'group' ? groups.at(wanted.index) !== undefined : rollouts.at(wanted.at) !== undefined;
    if (isThere) moveTo(wanted);
  }, [wanted, groups, rollouts, moveTo]);

  // A task that was chosen elsewhere, or comes from a link, is brought into view once it is found.
  const found = stop === null ? null : lineOf(stop, open);
  const [revealed, setRevealed] = useState<number | null>(null);
  useEffect(() => {
    if (found === null || selected === null || revealed === selected) return;
    setRevealed(selected);
    reveal(found);
  }, [found, selected, revealed, reveal]);

  const total = groups.total ?? 0;
  return {
    stop,
    moveTo,
    moveBy: (by) => {
      const from: Stop = stop ?? { kind: 'group', index: by > 0 ? -1 : total };
      if (total > 0) moveTo(moveBy(from, by, total, open));
    },
  };
}
