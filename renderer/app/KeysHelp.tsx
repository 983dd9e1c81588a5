import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Fragment, useEffect, useRef, useState } from 'react';
import { Key, modKey } from '../ui/Key.tsx';
import css from './KeysHelp.module.css';

const groups: readonly { title: string; keys: readonly (readonly [readonly string[], string])[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      [['1', '2'], 'rollouts, problems'],
      [['e'], 'export'],
      [['f'], 'filter bar'],
      [['t'], 'threshold'],
      [['[', ']'], 'rail width'],
      [[`${modKey}Z`, `${modKey}⇧Z`], 'undo, redo the filter'],
      [['Esc'], 'one step back'],
      [['?'], 'these keys'],
    ],
  },
  {
    title: 'List',
    keys: [
      [['j', 'k'], 'down, up; arrows too'],
      [['Home', 'End'], 'first, last'],
      [['PgUp', 'PgDn'], 'a page'],
      [['↵'], 'read'],
      [['⇧↵'], 'read at full width'],
    ],
  },
  {
    title: 'Threshold',
    keys: [
      [['←', '→'], 'a bin'],
      [['⇧←', '⇧→'], 'ten bins'],
      [['↵'], 'use as filter'],
      [['Esc'], 'drop the draft'],
    ],
  },
  {
    title: 'Reader',
    keys: [
      [['n', 'p'], 'next, previous rollout'],
      [['←', '→'], 'sibling'],
      [['j', 'k'], 'message'],
      [['↵', 'o'], 'fold one, fold all'],
      [['h'], 'hide a kind'],
      [['/'], 'find here'],
      [['r'], 'raw JSON'],
      [['y'], 'copy link'],
    ],
  },
];

/** Opened and closed by `?`, from wherever no text is typed. */
export function useKeysHelp(): { opened: boolean; toggle: () => void } {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (event.key === '?' && !typing) setOpened((now) => !now);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return { opened, toggle: () => setOpened(!opened) };
}

/** Every key, beside what they work on rather than over it. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <section
      ref={panel}
      className={css.panel}
      role="dialog"
      aria-label="Keys"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <h2>Keys</h2>
        <ActionIcon aria-label="Close" onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      </header>
      <div className={css.groups}>
        {groups.map(({ title, keys }) => (
          <div key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([caps, text]) => (
                <Fragment key={text}>
                  <dt>
                    {caps.map((cap) => (
                      <Key key={cap}>{cap}</Key>
                    ))}
                  </dt>
                  <dd>{text}</dd>
                </Fragment>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}
