import { IconArrowsSort, IconMathFunction, IconNumber, IconTarget } from '@tabler/icons-react';
import type { TaskGroup } from '#shared/model/group.ts';
import { useGroupsContext } from '../../data/groups-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { useOffers } from '../../ui/offers.tsx';
import type { GroupColumn } from './columns.ts';
import { nextAdvantage, passChoices } from './head-choices.ts';
import { nextOrder } from './next-order.ts';
import { onlyTask } from './only-task.ts';

/** What the list of tasks can do beside its keys: order, what two columns show, the open task alone. */
export function useGroupOffers(columns: readonly GroupColumn[], openGroup: TaskGroup | undefined): void {
  const { view, dispatch } = useSteadyView();
  const { measure, summary } = useGroupsContext();
  const { groups } = view;
  const k = measure?.k ?? 1;
  useOffers(() => [
    ...columns.flatMap(({ label, order }) =>
      order === undefined
        ? []
        : [
            {
              id: `groups.sort.${order}`,
              title: `Sort tasks by ${label}`,
              ...(groups.by === order ? { detail: groups.descending ? 'now, highest first' : 'now, lowest first' } : {}),
              icon: IconArrowsSort,
              run: () => dispatch({ type: 'groups', groups: nextOrder(groups, order) }),
            },
          ],
    ),
    ...passChoices(summary, k)
      .filter((choice) => choice !== k)
      .map((choice) => ({
        id: `groups.k.${choice}`,
        title: `Show pass@${choice}`,
        detail: `now pass@${k}`,
        icon: IconNumber,
        run: () => dispatch({ type: 'groups', groups: { k: choice } }),
      })),
    {
      id: 'groups.advantage',
      title: groups.advantage === 'scaled' ? 'Show reward − mean as the advantage' : 'Show (reward − mean) / std as the advantage',
      icon: IconMathFunction,
      run: () => dispatch({ type: 'groups', groups: nextAdvantage(groups, groups.advantage === 'scaled' ? 'centred' : 'scaled') }),
    },
    ...(openGroup === undefined
      ? []
      : [
          {
            id: 'groups.only',
            title: `Use only task ${openGroup.task}`,
            icon: IconTarget,
            run: () => dispatch({ type: 'filter.set', filter: onlyTask(view.filter, openGroup) }),
          },
        ]),
  ]);
}
