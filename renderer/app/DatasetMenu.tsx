import { Button, Popover } from '@mantine/core';
import { IconChevronDown, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useDataset } from '../data/dataset-context.tsx';
import { formatBytes, plural } from '../ui/format.ts';
import { NeighbourList } from './NeighbourList.tsx';
import css from './DatasetMenu.module.css';

/** The files of the dataset, what lies beside them and is joined, and closing it. */
export function DatasetMenu({ onClose }: { onClose: () => void }) {
  const { state } = useDataset();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={440} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={css.file} title={state.name} onClick={() => setOpened(!opened)}>
          <b>{state.name}</b>
          <span className={css.size}>{formatBytes(state.bytesTotal)}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <section className={css.menu} aria-label="Dataset">
          <h2>{state.files.length === 1 ? 'File' : plural(state.files.length, 'file')}</h2>
          <ul className={css.files}>
            {state.files.map(({ path, bytes, rows, invalidLines }) => (
              <li key={path}>
                <span className={css.name} title={path}>
                  {path}
                </span>
                <span className={css.quiet}>
                  {plural(rows, 'rollout')}
                  {invalidLines > 0 && ` · ${plural(invalidLines, 'invalid line')}`}
                </span>
                <span className={css.quiet}>{formatBytes(bytes)}</span>
              </li>
            ))}
          </ul>
          <NeighbourList />
          <footer className={css.foot}>
            <span className={css.quiet}>{state.following ? 'What is appended comes in by itself.' : ''}</span>
            <Button variant="default" leftSection={<IconX size={14} />} onClick={onClose}>
              Close
            </Button>
          </footer>
        </section>
      </Popover.Dropdown>
    </Popover>
  );
}
