import { Fragment, type ReactNode } from 'react';
import { keyCaps, type KeyId } from './key-table.ts';
import css from './Key.module.css';

/** A key cap. */
export function Key({ children, onAccent = false }: { children: ReactNode; onAccent?: boolean }) {
  return <kbd className={onAccent ? `${css.key} ${css.onAccent}` : css.key}>{children}</kbd>;
}

/** Key caps and what they do, for status bars and captions. */
export function KeyHint({ keys, children }: { keys: readonly string[]; children: ReactNode }) {
  return (
    <span className={css.hint}>
      {keys.map((key) => (
        <Key key={key}>{key}</Key>
      ))}
      {children}
    </span>
  );
}

/** The key of an entry of the key table, as caps. */
export function KeyCaps({ id }: { id: KeyId }) {
  return (
    <span className={css.hint} aria-hidden>
      {keyCaps(id).map((cap) => (
        <Fragment key={cap}>
          <Key>{cap}</Key>{' '}
        </Fragment>
      ))}
    </span>
  );
}

export { modKey } from './mod-key.ts';
