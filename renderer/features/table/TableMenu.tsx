import { ActionIcon, Menu, Popover, Tooltip } from '@mantine/core';
import { IconCopy, IconDeviceFloppy, IconDots, IconTerminal2 } from '@tabler/icons-react';
import { useState } from 'react';
import { jqCommand, pandasCommand, rollscopeCommand, type ViewCommand } from '#shared/model/commands/index.ts';
import type { Query } from '#shared/model/query.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { keyCaps } from '../../ui/key-press.ts';
import { plural } from '../../ui/format.ts';
import { SaveView } from './SaveView.tsx';
import type { Columns } from './use-columns.ts';
import type { Copy } from './use-copy.ts';
import { keepEscape } from '../../ui/keep-escape.ts';
import css from './TableTools.module.css';

interface TableMenuProps {
  readonly columns: Columns;
  readonly query: Query;
  readonly copy: Copy;
  readonly total: number;
}

/** What the table gives away: rows for the clipboard, the view as a command or as a file. */
export function TableMenu({ columns, query, copy, total }: TableMenuProps) {
  const [saves, setSaves] = useState(false);
  const rows = plural(copy.count, 'row');
  const shown = columns.placed.map(({ column }) => column.name);
  return (
    <Popover opened={saves} onChange={setSaves} position="bottom-end" width={340} trapFocus returnFocus withRoles={false}>
      <Popover.Target>
        <span>
          <Menu position="bottom-end" width={260}>
            <Menu.Target>
              <Tooltip label="Copy and save">
                <ActionIcon aria-label="Copy and save">
                  <IconDots size={14} />
                </ActionIcon>
              </Tooltip>
            </Menu.Target>
            <Menu.Dropdown onKeyDown={keepEscape}>
              <Menu.Item
                leftSection={<IconCopy size={14} />}
                rightSection={keyCaps('list.copy').join(' ')}
                disabled={copy.count === 0}
                data-autofocus={copy.count > 0 || undefined}
                onClick={() => copy.rows('tsv')}
              >
                Copy {rows} as TSV
              </Menu.Item>
              <Menu.Item leftSection={<IconCopy size={14} />} disabled={copy.count === 0} onClick={() => copy.rows('json')}>
                Copy {rows} as JSON
              </Menu.Item>
              <Commands query={query} copy={copy} />
              <Menu.Divider />
              <Menu.Item data-autofocus leftSection={<IconDeviceFloppy size={14} />} onClick={() => setSaves(true)}>
                Save the view as CSV or Parquet…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown p={12} role="dialog" aria-label="Save the view" onKeyDown={keepEscape}>
        <SaveView query={query} columns={shown} total={total} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Commands({ query, copy }: { query: Query; copy: Copy }) {
  const { state, columns } = useDataset();
  const view = { files: state.files.map((file) => file.path), filter: query.filter, columns };
  const commands: readonly (readonly [name: string, command: ViewCommand])[] = [
    ['rollscope', rollscopeCommand(view, 'view')],
    ['jq', jqCommand(view)],
    ['pandas', pandasCommand(view)],
  ];
  return (
    <>
      <Menu.Divider />
      <Menu.Label>Copy as command · {query.sort.length > 0 ? 'in the order of the file' : 'the same rows'}</Menu.Label>
      {commands.map(([name, command]) => (
        <Menu.Item
          key={name}
          leftSection={<IconTerminal2 size={14} />}
          disabled={'why' in command}
          data-autofocus={'text' in command || undefined}
          onClick={() => 'text' in command && copy.text(command.text, `the ${name} command`)}
        >
          {name}
          {'why' in command && <span className={css.why}>not possible: {command.why}</span>}
        </Menu.Item>
      ))}
    </>
  );
}
