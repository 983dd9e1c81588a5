import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { isKey } from '../../ui/key-press.ts';
import css from './ReviewStrip.module.css';

interface NoteFieldProps {
  readonly note: string;
  /** Takes the focus, and says so. */
  readonly wanted: boolean;
  readonly onFocused: () => void;
  readonly onNote: (note: string) => void;
  readonly onDone: () => void;
}

/** A note, kept on Enter or when the field is left; Shift+Enter begins a line. */
export function NoteField({ note, wanted, onFocused, onNote, onDone }: NoteFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!wanted) return;
    field.current?.focus();
    onFocused();
  }, [wanted, onFocused]);

  // Leaving the field comes right behind the key that ends it, before anything is drawn anew.
  const ended = useRef(false);
  const keep = (): void => {
    if (!ended.current && typed !== null && typed.trim() !== note) onNote(typed.trim());
    ended.current = true;
    setTyped(null);
  };
  const key = (event: KeyboardEvent): void => {
    if (isKey('field.drop', event)) ended.current = true;
    if (!isKey('field.keep', event)) return;
    event.preventDefault();
    event.stopPropagation();
    keep();
    onDone();
  };

  const text = typed ?? note;
  return (
    <textarea
      ref={field}
      className={css.text}
      aria-label="Note"
      placeholder="Write a note"
      maxLength={20_000}
      rows={Math.min(5, text.split('\n').length)}
      value={text}
      onChange={(event) => {
        ended.current = false;
        setTyped(event.currentTarget.value);
      }}
      onKeyDown={key}
      onBlur={keep}
    />
  );
}
