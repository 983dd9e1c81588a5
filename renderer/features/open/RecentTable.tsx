import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconX } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { Grant, Recent } from '#shared/model/grant.ts';
import { formatAgo, formatBytes, formatCount } from '../../ui/format.ts';
import { KeyHint } from '../../ui/Key.tsx';
import { RewardShape } from './RewardShape.tsx';
import { isKey, listStep } from '../../ui/key-press.ts';
import css from './RecentTable.module.css';

/** A dataset that can be opened, and what is known of it from before. */
export type Known = Grant & Partial<Omit<Recent, keyof Grant>>;

interface RecentTableProps {
  readonly title: string;
  readonly recents: readonly Known[];
  /** Grants on their way to be opened. */
  readonly opening: readonly string[];
  readonly onOpen: (grant: string) => void;
  /** Undefined where the list is not the user's to change. */
  readonly onForget: ((grant: string) => void) | undefined;
}

const pageRows = 8;

/** Datasets known from before, each with the shape of its rewards: a run is recognised by eye. */
export function RecentTable({ title, recents, opening, onOpen, onForget }: RecentTableProps) {
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const now = new Date();

  const key = (event: KeyboardEvent): void => {
    const step = listStep(event, pageRows);
    const recent = recents[chosen];
    if (step !== null) {
      const next = Math.min(recents.length - 1, Math.max(0, chosen + step));
      setChosen(next);
      list.current?.querySelectorAll<HTMLElement>('[role=option]')[next]?.scrollIntoView({ block: 'nearest' });
    } else if (isKey('recents.open', event) && recent !== undefined && recent.state !== 'gone') onOpen(recent.grant);
    else if (isKey('recents.forget', event) && recent !== undefined && onForget !== undefined) onForget(recent.grant);
    else return;
    event.preventDefault();
  };

  return (
    <section aria-label={title}>
      <header className={css.title}>
        <h2>{title}</h2>
        <span>
          <KeyHint ids={['list.up', 'list.down']}>choose</KeyHint>
          <KeyHint ids={['recents.open']}>open</KeyHint>
        </span>
      </header>
      <div className={css.table}>
        <div className={css.head} aria-hidden>
          <span>file</span>
          <span>reward</span>
          <span className={css.number}>rollouts</span>
          <span className={css.number}>tasks</span>
          <span className={css.number}>size</span>
          <span>state</span>
          <span className={css.number}>opened</span>
        </div>
        <div
          ref={list}
          role="listbox"
          tabIndex={0}
          aria-label={title}
          aria-activedescendant={`recent-${chosen}`}
          className={css.list}
          onKeyDown={key}
        >
          {recents.map((recent, index) => (
            <div
              key={recent.grant}
              id={`recent-${index}`}
              role="option"
              aria-selected={index === chosen}
              aria-disabled={recent.state === 'gone'}
              className={css.row}
              onPointerEnter={() => setChosen(index)}
              onClick={() => recent.state !== 'gone' && onOpen(recent.grant)}
            >
              <span className={css.file}>
                <b>{recent.name}</b>
                <span>{recent.detail}</span>
              </span>
              <RewardShape shape={recent.shape} />
              <span className={css.number}>{recent.rows === undefined ? '·' : formatCount(recent.rows)}</span>
              <span className={css.number}>{recent.tasks === undefined ? '·' : formatCount(recent.tasks)}</span>
              <span className={css.quiet}>{formatBytes(recent.bytes)}</span>
              <State state={opening.includes(recent.grant) ? 'opening' : recent.state} />
              <span className={css.quiet}>{recent.openedAt === undefined ? '' : formatAgo(new Date(recent.openedAt), now)}</span>
              {onForget !== undefined && (
                <ActionIcon
                  className={css.forget ?? ''}
                  tabIndex={-1}
                  aria-label={`Forget ${recent.name}`}
                  title="Take off this list"
                  onClick={(event) => {
                    event.stopPropagation();
                    onForget(recent.grant);
                  }}
                >
                  <IconX size={13} />
                </ActionIcon>
              )}
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

function State({ state }: { state: Known['state'] | 'opening' }) {
  switch (state) {
    case undefined:
      return <span className={css.quiet} />;
    case 'opening':
      return <span className={css.state}>Opening…</span>;
    case 'same':
      return (
        <span className={css.state}>
          <IconCircleCheck size={14} data-tone="ok" aria-hidden /> As it was
        </span>
      );
    case 'changed':
      return (
        <span className={css.state} data-tone="warn">
          <IconAlertTriangle size={14} aria-hidden /> Changed on disk
        </span>
      );
    case 'gone':
      return (
        <span className={css.state} data-tone="error">
          <IconCircleX size={14} aria-hidden /> Not there any more
        </span>
      );
  }
}
