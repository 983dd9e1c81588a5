import type { ReactNode } from 'react';
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

/** ⌘ on Apple machines, Ctrl elsewhere. */
export const modKey = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl ';
