import { Fragment, type ReactNode } from 'react';
import { keyCaps } from './key-press.ts';
import type { KeyId } from './key-table.ts';
import css from './Key.module.css';

/** A key cap. */
export function Key({ children, onAccent = false }: { children: ReactNode; onAccent?: boolean }) {
  return <kbd className={onAccent ? `${css.key} ${css.onAccent}` : css.key}>{children}</kbd>;
}

/** The key of an entry of the key table on one cap, for buttons. */
export function KeyCap({ id, onAccent = false }: { id: KeyId; onAccent?: boolean }) {
  return <Key onAccent={onAccent}>{keyCaps(id).join(' ')}</Key>;
}

/** Keys of the key table, and what they do together: `← → one bin`. */
export function KeyHint({ ids, children }: { ids: readonly KeyId[]; children: ReactNode }) {
  return (
    <span className={css.hint}>
      {ids.map((id) => (
        <Key key={id}>{keyCaps(id).join('')}</Key>
      ))}
      {children}
    </span>
  );
}

/** A sign that is typed, and what it stands for. */
export function SignHint({ sign, children }: { sign: string; children: ReactNode }) {
  return (
    <span className={css.hint}>
      <Key>{sign}</Key>
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
