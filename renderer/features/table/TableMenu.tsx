import { ActionIcon, Menu, Popover, Tooltip } from '@mantine/core';
import { IconCopy, IconDeviceFloppy, IconDots, IconTerminal2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { jqCommand, pandasCommand, rollscopeCommand, type ViewCommand } from '#shared/model/commands/index.ts';
import type { Query } from '#shared/model/query.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import type { Command } from '../../ui/command.ts';
import { OfferItems } from '../../ui/OfferItems.tsx';
import { useOffers } from '../../ui/offers.tsx';
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
  const commands = useCommands(query);
  const { count } = copy;
  const rows = count === 0 ? 'the selected rows' : plural(count, 'row');
  const save: Command = {
    id: 'view.file',
    title: 'Save the view as CSV or Parquet…',
    words: 'file rows',
    icon: IconDeviceFloppy,
    run: () => setSaves(true),
  };
  const copies = (['tsv', 'json'] as const).map((format): Command => ({
    id: `copy.${format}`,
    title: `Copy ${rows} as ${format.toUpperCase()}`,
    ...(format === 'tsv' ? { key: 'list.copy' as const } : {}),
    icon: IconCopy,
    run: () => copy.rows(format),
  }));
  const copyCommand = ({ name, command }: NamedCommand): void => {
    if ('text' in command) copy.text(command.text, `the ${name} command`);
  };
  useOffers(() => [
    ...(count === 0 ? [] : copies),
    ...commands.map((each) => ({
      id: `copy.command.${each.name}`,
      title: `Copy the view as a ${each.name} command`,
      ...('why' in each.command ? { detail: `not possible: ${each.command.why}` } : {}),
      icon: IconTerminal2,
      run: () => copyCommand(each),
    })),
    save,
  ]);
  const shown = columns.placed.map(({ column }) => column.name);
  return (
    <Popover opened={saves} onChange={setSaves} position="bottom-end" width={340} trapFocus returnFocus withRoles={false}>
      <Popover.Target>
        <span>
          <Menu position="bottom-end" width={260}>
            <Tooltip label="Copy and save">
              <Menu.Target>
                <ActionIcon aria-label="Copy and save">
                  <IconDots size={14} />
                </ActionIcon>
              </Menu.Target>
            </Tooltip>
            <Menu.Dropdown onKeyDown={keepEscape}>
              <OfferItems offers={copies} disabled={count === 0} />
              <Menu.Divider />
              <Menu.Label>Copy as command · {query.sort.length > 0 ? 'in the order of the file' : 'the same rows'}</Menu.Label>
              {commands.map((each) => (
                <Menu.Item
                  key={each.name}
                  leftSection={<IconTerminal2 size={14} />}
                  disabled={'why' in each.command}
                  data-autofocus={'text' in each.command || undefined}
                  onClick={() => copyCommand(each)}
                >
                  {each.name}
                  {'why' in each.command && <span className={css.why}>not possible: {each.command.why}</span>}
                </Menu.Item>
              ))}
              <Menu.Divider />
              <OfferItems offers={[save]} />
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

interface NamedCommand {
  readonly name: string;
  readonly command: ViewCommand;
}

/** The view as commands of other tools; of one that cannot say it, why. */
function useCommands(query: Query): readonly NamedCommand[] {
  const { state, columns } = useDataset();
  return useMemo(() => {
    const view = { files: state.files.map((file) => file.path), filter: query.filter, columns };
    return [
      { name: 'rollscope', command: rollscopeCommand(view, 'view') },
      { name: 'jq', command: jqCommand(view) },
      { name: 'pandas', command: pandasCommand(view) },
    ];
  }, [state.files, columns, query.filter]);
}
