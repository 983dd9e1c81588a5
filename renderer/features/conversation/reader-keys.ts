import type { KeyboardEvent } from 'react';
import { keyIn } from '../../ui/key-press.ts';
import type { KeyId } from '../../ui/key-table.ts';

/** What a key means in the reader. */
export type ReaderIntent = Extract<KeyId, `reader.${string}`>;

/** The intent of a key press; null when it is typed into a field, belongs to a control, or means nothing here. */
export function readerIntent(event: KeyboardEvent): ReaderIntent | null {
  const { target } = event;
  const intent = keyIn('reader', event);
  if (intent === null || !isReaderIntent(intent)) return null;
  if (event.ctrlKey || event.metaKey) return intent;
  if (!(target instanceof Element) || target.closest('input, textarea, select, [contenteditable=true]') !== null) return null;
  // Enter works the control that has the focus.
  if (intent === 'reader.fold' && target.closest('button, a, summary') !== null) return null;
  return intent;
}

function isReaderIntent(id: KeyId): id is ReaderIntent {
  return id.startsWith('reader.');
}
