import {
  IconAdjustmentsHorizontal,
  IconCommand,
  IconFilter,
  IconFilterOff,
  IconKeyboard,
  IconLink,
  IconSortDescending,
  IconTarget,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useFocus } from '../../data/focus-context.tsx';
import { rangeCondition } from '#shared/model/expression/index.ts';
import { useView } from '../../state/use-view.tsx';
import type { CalmView } from '../../state/view-state.ts';
import { formatExact, plural, readNumber } from '../../ui/format.ts';
import { keyEntry, keyIds, type EverywhereId, type KeyId } from '../../ui/key-table.ts';
import { signalCondition } from '../../state/group-conditions.ts';
import type { Actions } from '../use-actions.ts';
import { doesSomething, pressIn, scopesInView } from './press.ts';
import type { Command } from '../../ui/command.ts';
import { linkPlaceholder, usePaletteState, type PaletteControl } from './use-palette.ts';

const icons: Partial<Record<EverywhereId, Icon>> = {
  threshold: IconAdjustmentsHorizontal,
  'sort.reward': IconSortDescending,
  filter: IconFilter,
  'filter.signal': IconFilter,
  help: IconKeyboard,
};

/** What can be done with the view: all that has a key, and what has none. */
export function useViewCommands(actions: Actions, palette: PaletteControl, extra: readonly Command[]): Command[] {
  const { view, dispatch } = useView();
  const words = useWords(view);
  const { metric, passMark } = useFocus();
  const name = metric?.name;
  const { query } = usePaletteState(palette);
  const { open } = palette;

  return useMemo(() => {
    const keyed = keyIds.flatMap((id) => commandOfKey(id, actions, words));
    const number = readNumber(/[-−+.\d]\S*$/u.exec(query)?.[0] ?? '');
    const others: Command[] = [
      ...(name === undefined ? [] : onMetric(name, passMark, number, dispatch, () => open('pass mark '))),
      {
        id: 'filter.clear',
        title: 'Remove all conditions',
        icon: IconFilterOff,
        detail: plural(view.filter.length, 'condition'),
        run: () => dispatch({ type: 'filter.set', filter: [] }),
      },
      {
        id: 'sort.clear',
        title: 'Sort in the order of the file',
        icon: IconX,
        ...detailOf(view.sort.map(({ column }) => column).join(', '), 'now by '),
        run: () => dispatch({ type: 'sort.set', sort: [] }),
      },
      {
        id: 'link.open',
        title: 'Open a link…',
        icon: IconLink,
        detail: 'paste it here',
        run: () => open('', linkPlaceholder),
      },
    ];
    const panes = scopesInView().flatMap((scope) =>
      keyIds
        .filter((id) => keyEntry(id).scope === scope && keyEntry(id).moves !== true && doesSomething(scope, id))
        .map((id) => commandOfPane(id)),
    );
    return [...keyed, ...others, ...extra, ...panes].filter(({ id }) => isUseful(id, view));
  }, [actions, words, name, passMark, query, open, dispatch, view, extra]);
}

function commandOfKey(id: KeyId, actions: Actions, words: ReturnType<typeof useWords>): Command[] {
  const { title, scope, moves } = keyEntry(id);
  if (scope !== 'everywhere' || moves === true || id === 'palette' || !(id in actions)) return [];
  const run = Object.entries(actions).find(([name]) => name === id)?.[1];
  if (run === undefined || run === null) return [];
  const own = words[id] ?? {};
  return [{ id, title, icon: icons[id as EverywhereId] ?? IconCommand, key: id, run, ...own }];
}

function commandOfPane(id: KeyId): Command {
  const { title, scope } = keyEntry(id);
  return { id, title, icon: IconCommand, key: id, run: () => pressIn(scope, id) };
}

/** Titles and present values, where the key table's do not say enough. */
function useWords(view: CalmView): Partial<Record<KeyId, Pick<Command, 'title' | 'detail'> | { detail: string }>> {
  const { metric, range, before } = useFocus();
  return useMemo(() => {
    const name = metric?.name ?? 'the metric';
    const on = view.filter.includes(signalCondition(view.groups.tolerance, metric?.name ?? 'reward'));
    return {
      threshold: { title: `Set a threshold on ${name}`, detail: `${formatExact(range.min)} to ${formatExact(range.max)}` },
      'sort.reward': { title: `Sort by ${name}, highest first` },
      'filter.signal': {
        title: on ? 'Filter: let go of groups whose rewards differ' : 'Filter: keep groups whose rewards differ',
        // The condition is about rewards, and so is the count while they are the metric.
        ...(before === undefined || name !== 'reward' ? {} : { detail: plural(before.groupsWithSignal, 'task') }),
      },
      'rail.narrower': { detail: `now ${view.rail ?? 'as the window allows'}` },
      'rail.wider': { detail: `now ${view.rail ?? 'as the window allows'}` },
      [`lens.${view.lens}`]: { detail: 'here' },
    };
  }, [metric, range, before, view.filter, view.groups.tolerance, view.rail, view.lens]);
}

function onMetric(
  name: string,
  passMark: number,
  number: number | null,
  dispatch: ReturnType<typeof useView>['dispatch'],
  ask: () => void,
): Command[] {
  const change: Command = {
    id: 'passMark',
    title: `Change the pass mark of ${name}`,
    detail: `now ${formatExact(passMark)} · type a number`,
    icon: IconTarget,
    run: ask,
  };
  if (number === null) return [change];
  return [
    {
      id: 'passMark.set',
      title: `Set the pass mark of ${name} to ${formatExact(number)}`,
      words: String(number),
      detail: `now ${formatExact(passMark)}`,
      icon: IconTarget,
      run: () => dispatch({ type: 'passMark', passMark: number }),
    },
    {
      id: 'threshold.set',
      title: `Try a threshold on ${name}: at least ${formatExact(number)}`,
      words: String(number),
      icon: IconAdjustmentsHorizontal,
      run: () => dispatch({ type: 'draft.set', condition: rangeCondition(name, number, null) }),
    },
  ];
}

function detailOf(text: string, before: string): { detail?: string } {
  return text === '' ? {} : { detail: before + text };
}

/** Not what would change nothing. */
function isUseful(id: string, view: CalmView): boolean {
  if (id === 'filter.clear') return view.filter.length > 0;
  return id !== 'sort.clear' || view.sort.length > 0;
}
