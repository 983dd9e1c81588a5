import type { KeyboardEvent } from 'react';

/** What a key means in the reader. */
export type ReaderIntent =
  | 'next'
  | 'previous'
  | 'sibling.next'
  | 'sibling.previous'
  | 'message.next'
  | 'message.previous'
  | 'message.first'
  | 'message.last'
  | 'fold'
  | 'fold.all'
  | 'hide'
  | 'copy'
  | 'raw'
  | 'find'
  | 'full';

const plainKeys: Readonly<Record<string, ReaderIntent>> = {
  n: 'next',
  p: 'previous',
  ArrowRight: 'sibling.next',
  ArrowLeft: 'sibling.previous',
  j: 'message.next',
  k: 'message.previous',
  Home: 'message.first',
  End: 'message.last',
  o: 'fold.all',
  h: 'hide',
  y: 'copy',
  r: 'raw',
  '/': 'find',
};

/** The intent of a key press; null when it is typed into a field, belongs to a control, or means nothing here. */
export function readerIntent(event: KeyboardEvent): ReaderIntent | null {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'f' && !event.shiftKey && !event.altKey) return 'find';
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (!(target instanceof Element) || target.closest('input, textarea, select, [contenteditable=true]') !== null) return null;
  if (key === 'Enter') {
    if (event.shiftKey) return 'full';
    return target.closest('button, a, summary') === null ? 'fold' : null;
  }
  return plainKeys[key] ?? null;
}
