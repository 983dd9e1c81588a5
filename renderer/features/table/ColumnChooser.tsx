import { ActionIcon, Checkbox, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconColumnInsertRight, IconColumns3, IconPinFilled, IconPin, IconTrash } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { AddColumn } from './AddColumn.tsx';
import type { TableColumn } from './columns.ts';
import type { ColumnActions, Columns } from './use-columns.ts';
import { useListDrag } from './use-list-drag.ts';
import { keepEscape } from '../../ui/keep-escape.ts';
import { keyIn } from '../../ui/key-press.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './ColumnChooser.module.css';

/** Which columns the table shows, in which order, and more than the file names. */
export function ColumnChooser({ columns }: { columns: Columns }) {
  const [opened, setOpened] = useState(false);
  const { reset } = columns;
  useOffers(() => [
    {
      id: 'columns.choose',
      title: 'Choose the columns…',
      words: 'show hide pin order',
      icon: IconColumns3,
      run: () => setOpened(true),
    },
    {
      id: 'columns.add',
      title: 'Add a column from a path or an expression…',
      words: 'computed metric',
      icon: IconColumnInsertRight,
      run: () => setOpened(true),
    },
    ...(reset === null ? [] : [{ id: 'columns.usual', title: 'Back to the usual columns', icon: IconColumns3, run: reset }]),
  ]);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={360} trapFocus returnFocus>
      <Tooltip label="Columns" disabled={opened}>
        <Popover.Target>
          <ActionIcon aria-label="Columns" onClick={() => setOpened(!opened)}>
            <IconColumns3 size={14} />
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown p={8} aria-label="Columns" onKeyDown={keepEscape}>
        <Chooser columns={columns} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Chooser({ columns: { all, actions, reset } }: { columns: Columns }) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = all.filter(({ name }) => name.toLowerCase().includes(wanted));
  const shown = all.filter((column) => column.shown).length;
  const drag = useListDrag(actions.move);
  const { limits = [] } = useDataset().state;

  return (
    <>
      <TextInput
        aria-label="Find a column"
        placeholder={`Find among ${all.length} columns`}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ul className={css.list} aria-label={`Columns, ${shown} shown`}>
        {found.map((column) => (
          <Line key={column.name} column={column} actions={actions} drag={drag} />
        ))}
      </ul>
      {found.length === 0 && <p className={css.none}>No column has that in its name.</p>}
      {limits.map((limit) => (
        <p key={limit} className={css.limit}>
          {limit}
        </p>
      ))}
      <AddColumn known={all} onAdd={actions.add} />
      <div className={css.foot}>
        <span>{shown} shown · drag or Alt ↑ ↓ to move</span>
        <button type="button" className={css.reset} disabled={reset === null} onClick={() => reset?.()}>
          Back to the usual columns
        </button>
      </div>
    </>
  );
}

interface LineProps {
  readonly column: TableColumn;
  readonly actions: ColumnActions;
  readonly drag: ReturnType<typeof useListDrag>;
}

function Line({ column, actions, drag }: LineProps) {
  const { name, meaning, shown, pinned, added } = column;
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = keyIn('columns', event);
    if (key === null) return;
    event.preventDefault();
    actions.step(name, key === 'columns.up' ? -1 : 1);
  };
  return (
    <li {...drag.item(name)} onKeyDown={onKeyDown}>
      <label title={`${name}${meaning === '' ? '' : `: ${meaning}`}`}>
        <Checkbox checked={shown} onChange={() => actions.show(name, !shown)} />
        <span>{name}</span>
      </label>
      {added && (
        <ActionIcon aria-label={`Remove the column ${name}`} onClick={() => actions.remove(name)}>
          <IconTrash size={13} />
        </ActionIcon>
      )}
      <ActionIcon
        className={css.pin ?? ''}
        aria-label={`Pin ${name} to the left`}
        aria-pressed={pinned}
        data-on={pinned || undefined}
        onClick={() => actions.pin(name, !pinned)}
      >
        {pinned ? <IconPinFilled size={13} /> : <IconPin size={13} />}
      </ActionIcon>
    </li>
  );
}
