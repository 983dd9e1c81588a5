import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { formatCount } from '../../ui/format.ts';
import { hitLimit } from './find.ts';
import { keyIn } from '../../ui/key-press.ts';
import css from './FindBox.module.css';

interface FindBoxProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly hits: number;
  readonly hit: number;
  readonly onText: (text: string) => void;
  /** Goes on by so many hits, round the end. */
  readonly onStep: (by: number) => void;
  readonly onLeave: () => void;
}

/** Find in the conversation: Enter and Shift+Enter go from hit to hit, Esc leaves. */
export function FindBox({ input, text, hits, hit, onText, onStep, onLeave }: FindBoxProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = keyIn('find', event);
    if (key === 'find.next' || key === 'find.previous') {
      event.preventDefault();
      onStep(key === 'find.next' ? 1 : -1);
    } else if (key === 'find.leave') {
      if (text !== '') onText('');
      onLeave();
    } else return;
    event.stopPropagation();
  };
  return (
    <div className={css.find}>
      <IconSearch size={14} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label="Find in this conversation"
        placeholder="Find"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span className={css.count} aria-live="polite">
        {text !== '' && (hits === 0 ? 'nothing' : `${formatCount(hit + 1)} / ${formatCount(hits)}${hits >= hitLimit ? '+' : ''}`)}
      </span>
    </div>
  );
}
