import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCopy, IconDots } from '@tabler/icons-react';
import { modKey } from '../../ui/Key.tsx';
import { plural } from '../../ui/format.ts';
import type { Copy } from './use-copy.ts';

/** What the table gives away: rows for the clipboard. */
export function TableMenu({ copy }: { copy: Copy }) {
  const rows = plural(copy.count, 'row');
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Tooltip label="Copy and save">
          <ActionIcon aria-label="Copy and save">
            <IconDots size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconCopy size={14} />}
          rightSection={`${modKey}C`}
          disabled={copy.count === 0}
          onClick={() => copy.rows('tsv')}
        >
          Copy {rows} as TSV
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} disabled={copy.count === 0} onClick={() => copy.rows('json')}>
          Copy {rows} as JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
