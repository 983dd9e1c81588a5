import { ActionIcon, Checkbox, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { useSettings } from '../../data/use-settings.tsx';
import type { TableColumn } from './columns.ts';
import css from './ColumnMenu.module.css';

/** Which columns the table shows, and in which order. */
export function ColumnMenu({ columns, limits = [] }: { columns: readonly TableColumn[]; limits?: readonly string[] | undefined }) {
  const { settings, change } = useSettings();
  const [opened, setOpened] = useState(false);
  const [search, setSearch] = useState('');
  const found = columns.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));

  const move = (name: string, by: number): void => {
    const order = columns.map((column) => column.name);
    const from = order.indexOf(name);
    const to = Math.min(order.length - 1, Math.max(0, from + by));
    order.splice(to, 0, ...order.splice(from, 1));
    change({ columnOrder: order });
  };
  const changed =
    settings.columnOrder.length > 0 || Object.keys(settings.columnsShown).length > 0 || Object.keys(settings.columnWidths).length > 0;

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="Columns">
          <ActionIcon className={css.button ?? ''} aria-label="Columns" onClick={() => setOpened(!opened)}>
            <IconColumns3 size={14} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <TextInput
          aria-label="Find a column"
          placeholder={`Find among ${columns.length} columns`}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <ul className={css.list}>
          {found.map(({ name, meaning, shown }) => (
            <li key={name}>
              <label title={`${name}: ${meaning}`}>
                <Checkbox checked={shown} onChange={() => change({ columnsShown: { ...settings.columnsShown, [name]: !shown } })} />
                <span>{name}</span>
              </label>
              <ActionIcon aria-label={`Move ${name} to the left`} onClick={() => move(name, -1)}>
                <IconArrowUp size={13} />
              </ActionIcon>
              <ActionIcon aria-label={`Move ${name} to the right`} onClick={() => move(name, 1)}>
                <IconArrowDown size={13} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        {limits.map((limit) => (
          <p key={limit} className={css.limit}>
            {limit}
          </p>
        ))}
        {found.length === 0 && <p className={css.none}>No column has that in its name.</p>}
        <button
          type="button"
          className={css.reset}
          disabled={!changed}
          onClick={() => change({ columnOrder: [], columnsShown: {}, columnWidths: {} })}
        >
          Back to the usual columns
        </button>
      </Popover.Dropdown>
    </Popover>
  );
}
