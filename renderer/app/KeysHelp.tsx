import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Fragment, useCallback, useEffect, useRef, useState } from 'react';
import { Key } from '../ui/Key.tsx';
import { allKeyCaps, isKey } from '../ui/key-press.ts';
import { keyEntry, keyIds, keyScopes, scopeTitles } from '../ui/key-table.ts';
import css from './KeysHelp.module.css';

export function useKeysHelp(): { opened: boolean; toggle: () => void } {
  const [opened, setOpened] = useState(false);
  const toggle = useCallback(() => setOpened((now) => !now), []);
  return { opened, toggle };
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
        if (!isKey('back', event)) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={css.head}>
        <h2>Keys</h2>
        <ActionIcon aria-label="Close" onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      <div className={css.groups}>
        {keyScopes.map((scope) => (
          <div key={scope}>
            <h3>{scopeTitles[scope]}</h3>
            <dl>
              {keyIds
                .filter((id) => keyEntry(id).scope === scope)
                .map((id) => (
                  <Fragment key={id}>
                    <dt>
                      {allKeyCaps(id).map((caps, index) => (
                        <span key={caps.join(' ')}>
                          {index > 0 && <span className={css.or}>or</span>}
                          {caps.map((cap) => (
                            <Key key={cap}>{cap}</Key>
                          ))}
                        </span>
                      ))}
                    </dt>
                    <dd>{keyEntry(id).title}</dd>
                  </Fragment>
                ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}
