import {
  IconArrowAutofitWidth,
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconChartHistogram,
  IconEye,
  IconEyeOff,
  IconFilter,
  IconPin,
  IconPinnedOff,
  IconSortAscending,
  IconTrash,
} from '@tabler/icons-react';
import type { Dispatch } from 'react';
import type { ColumnInfo } from '#shared/model/column.ts';
import { quoteName } from '#shared/model/expression/index.ts';
import { isMetric } from '../../data/focus-context.tsx';
import type { SteadyView, ViewAction } from '../../state/view-state.ts';
import type { Command } from '../../ui/command.ts';
import { plural } from '../../ui/format.ts';
import type { TableColumn } from './columns.ts';
import type { ColumnActions } from './use-columns.ts';

/** What can be done with a column in the view, whatever shows it: its menu and the palette have the same. */
export function viewOffers(info: ColumnInfo, view: SteadyView, dispatch: Dispatch<ViewAction>): Command[] {
  const { name } = info;
  const about = { column: name };
  const sortBy = (descending: boolean): void => dispatch({ type: 'sort.set', sort: [{ column: name, descending }] });
  const onlyWhere = (kind: 'null' | 'missing', count: number): Command[] =>
    count === 0
      ? []
      : [
          {
            ...about,
            id: `column.${kind}.${name}`,
            title: `Only where ${name} is ${kind}`,
            label: `Only where it is ${kind} · ${plural(count, 'row')}`,
            detail: plural(count, 'row'),
            icon: IconFilter,
            run: () => dispatch({ type: 'filter.add', condition: `${kind} ${quoteName(name)}` }),
          },
        ];
  return [
    {
      ...about,
      id: `column.low.${name}`,
      title: `Sort by ${name}, lowest first`,
      label: 'Sort ascending',
      icon: IconArrowUp,
      run: () => sortBy(false),
    },
    {
      ...about,
      id: `column.high.${name}`,
      title: `Sort by ${name}, highest first`,
      label: 'Sort descending',
      icon: IconArrowDown,
      run: () => sortBy(true),
    },
    ...(view.sort.length > 0 && !view.sort.some((key) => key.column === name)
      ? [
          {
            ...about,
            id: `column.then.${name}`,
            title: `Sort by ${name} where the others are equal`,
            label: 'Then by this column',
            icon: IconSortAscending,
            run: () => dispatch({ type: 'sort', column: name, add: true }),
          },
        ]
      : []),
    ...(isMetric(info) && view.metric !== name
      ? [
          {
            ...about,
            id: `column.look.${name}`,
            title: `Look at the distribution of ${name}`,
            label: 'Use as metric',
            words: 'metric histogram rail',
            icon: IconChartHistogram,
            run: () => dispatch({ type: 'metric', metric: name }),
          },
        ]
      : []),
    ...onlyWhere('null', info.nulls),
    ...onlyWhere('missing', info.missing),
  ];
}

/** What can be done with a column of the table. */
export function layoutOffers(column: TableColumn, actions: ColumnActions): Command[] {
  const { name, shown, pinned, added } = column;
  const about = { column: name };
  if (!shown) {
    return [
      {
        ...about,
        id: `column.show.${name}`,
        title: `Show the column ${name}`,
        label: 'Show',
        icon: IconEye,
        run: () => actions.show(name, true),
      },
    ];
  }
  return [
    {
      ...about,
      id: `column.pin.${name}`,
      title: pinned ? `Let ${name} scroll with the others` : `Pin ${name} to the left`,
      label: pinned ? 'Let it scroll' : 'Pin to the left',
      words: 'pin unpin',
      icon: pinned ? IconPinnedOff : IconPin,
      run: () => actions.pin(name, !pinned),
    },
    {
      ...about,
      id: `column.left.${name}`,
      title: `Move ${name} to the left`,
      label: 'Move left',
      key: 'heads.left',
      icon: IconArrowLeft,
      run: () => actions.step(name, -1),
    },
    {
      ...about,
      id: `column.right.${name}`,
      title: `Move ${name} to the right`,
      label: 'Move right',
      key: 'heads.right',
      icon: IconArrowRight,
      run: () => actions.step(name, 1),
    },
    {
      ...about,
      id: `column.width.${name}`,
      title: `Give ${name} its usual width`,
      label: 'Usual width',
      icon: IconArrowAutofitWidth,
      run: () => actions.resize(name, null, true),
    },
    {
      ...about,
      id: `column.hide.${name}`,
      title: `Hide the column ${name}`,
      label: 'Hide',
      key: 'heads.hide',
      icon: IconEyeOff,
      run: () => actions.show(name, false),
    },
    ...(added
      ? [
          {
            ...about,
            id: `column.remove.${name}`,
            title: `Remove the column ${name}`,
            label: 'Remove this column',
            icon: IconTrash,
            run: () => actions.remove(name),
          },
        ]
      : []),
  ];
}
