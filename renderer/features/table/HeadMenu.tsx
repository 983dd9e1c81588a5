import { Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconChartHistogram,
  IconEyeOff,
  IconFilter,
  IconPin,
  IconPinnedOff,
  IconTable,
  IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { quoteName } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { isMetric } from '../../data/focus-context.tsx';
import { useView } from '../../state/use-view.tsx';
import { plural } from '../../ui/format.ts';
import { HeadAnchor, useHeadAnchor } from './HeadAnchor.tsx';
import { chartOf } from './use-head-chart.ts';
import type { PlacedColumn } from './column-sizes.ts';
import type { Columns } from './use-columns.ts';
import { keepEscape } from '../../ui/keep-escape.ts';

interface HeadMenuProps {
  readonly columns: Columns;
  readonly placed: PlacedColumn;
  /** What was clicked; null: the keys asked, and it opens at the head. */
  readonly anchor: HTMLElement | null;
  readonly onClose: () => void;
  /** Shows in numbers what the head draws. */
  readonly onNumbers: () => void;
}

/** All that can be done with a column, for hands and keys alike. */
export function HeadMenu({ columns, placed, anchor, onClose, onNumbers }: HeadMenuProps) {
  const { view, dispatch } = useView();
  const { columns: infos } = useDataset();
  const { column } = placed;
  const { name } = column;
  const { actions } = columns;
  const info = infos.find((each) => each.name === name);
  const at = useHeadAnchor(anchor, placed.at);
  if (at === null) return null;
  const sortBy = (descending: boolean): void => dispatch({ type: 'sort.set', sort: [{ column: name, descending }] });
  const keepWhere = (kind: 'null' | 'missing', count: number): ReactNode =>
    count > 0 && (
      <Menu.Item
        leftSection={<IconFilter size={14} />}
        onClick={() => dispatch({ type: 'filter.add', condition: `${kind} ${quoteName(name)}` })}
      >
        Only where it is {kind} · {plural(count, 'row')}
      </Menu.Item>
    );

  return (
    <Menu opened onChange={(opened) => !opened && onClose()} position="bottom-start" width={230} returnFocus={false}>
      <Menu.Target>
        <HeadAnchor at={at} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Menu of ${name}`} aria-labelledby={undefined} onKeyDown={keepEscape}>
        <Menu.Item leftSection={<IconArrowUp size={14} />} onClick={() => sortBy(false)}>
          Sort ascending
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={14} />} onClick={() => sortBy(true)}>
          Sort descending
        </Menu.Item>
        {view.sort.length > 0 && !view.sort.some((key) => key.column === name) && (
          <Menu.Item onClick={() => dispatch({ type: 'sort', column: name, add: true })}>Then by this column</Menu.Item>
        )}
        <Menu.Divider />
        {info !== undefined && isMetric(info) && view.metric !== name && (
          <Menu.Item leftSection={<IconChartHistogram size={14} />} onClick={() => dispatch({ type: 'metric', metric: name })}>
            Use as metric
          </Menu.Item>
        )}
        {chartOf(column) !== null && (
          <Menu.Item leftSection={<IconTable size={14} />} onClick={onNumbers}>
            Chart in numbers
          </Menu.Item>
        )}
        {keepWhere('null', info?.nulls ?? 0)}
        {keepWhere('missing', info?.missing ?? 0)}
        <Menu.Item
          leftSection={column.pinned ? <IconPinnedOff size={14} /> : <IconPin size={14} />}
          onClick={() => actions.pin(name, !column.pinned)}
        >
          {column.pinned ? 'Let it scroll' : 'Pin to the left'}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowLeft size={14} />} rightSection="⇧←" onClick={() => actions.step(name, -1)}>
          Move left
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowRight size={14} />} rightSection="⇧→" onClick={() => actions.step(name, 1)}>
          Move right
        </Menu.Item>
        <Menu.Item leftSection={<IconEyeOff size={14} />} onClick={() => actions.show(name, false)}>
          Hide
        </Menu.Item>
        {column.added && (
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => actions.remove(name)}>
            Remove this column
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
