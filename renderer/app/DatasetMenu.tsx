import { Button, Popover } from '@mantine/core';
import { IconChevronDown, IconLink, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useDataset } from '../data/dataset-context.tsx';
import { formatBytes, plural } from '../ui/format.ts';
import { useCopyLink } from './use-copy-link.ts';
import { NeighbourList } from './NeighbourList.tsx';
import css from './DatasetMenu.module.css';

/** The files of the dataset, what lies beside them and is joined, and closing it. */
export function DatasetMenu({ onClose, onOpenLink }: { onClose: () => void; onOpenLink: () => void }) {
  const { state } = useDataset();
  const [opened, setOpened] = useState(false);
  const copyLink = useCopyLink();
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
          {state.following && <p className={css.none}>What is appended comes in by itself.</p>}
          <div className={css.foot}>
            <Button
              variant="subtle"
              leftSection={<IconLink size={14} />}
              onClick={() => {
                copyLink();
                setOpened(false);
              }}
            >
              Copy link
            </Button>
            <Button
              variant="subtle"
              onClick={() => {
                setOpened(false);
                onOpenLink();
              }}
            >
              Open link…
            </Button>
            <span className={css.push} />
            <Button variant="default" leftSection={<IconX size={14} />} onClick={onClose}>
              Close
            </Button>
          </div>
        </section>
      </Popover.Dropdown>
    </Popover>
  );
}
