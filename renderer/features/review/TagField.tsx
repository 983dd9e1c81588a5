import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTagNames } from '../../data/use-tag-names.ts';
import { isKey, keyIn } from '../../ui/key-press.ts';
import css from './ReviewStrip.module.css';

interface TagFieldProps {
  readonly tags: readonly string[];
  /** Takes the focus, and says so. */
  readonly wanted: boolean;
  readonly onFocused: () => void;
  readonly onTags: (tags: string[]) => void;
}

/** Tags as chips; Enter or a comma adds one, Backspace in the empty field takes the last away. */
export function TagField({ tags, wanted, onFocused, onTags }: TagFieldProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const known = useTagNames();
  useEffect(() => {
    if (!wanted) return;
    input.current?.focus();
    onFocused();
  }, [wanted, onFocused]);

  // Leaving the field comes right behind Esc, before anything is drawn anew.
  const dropped = useRef(false);
  const add = (): void => {
    if (dropped.current) return;
    // A comma would divide it where tags are joined.
    const added = text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && !tags.includes(tag));
    setText('');
    if (added.length > 0) onTags([...tags, ...new Set(added)]);
  };
  const key = (event: KeyboardEvent): void => {
    const what = keyIn('tags', event);
    if (what === 'tags.add') add();
    else if (what === 'tags.removeLast' && text === '' && tags.length > 0) onTags(tags.slice(0, -1));
    else {
      dropped.current = isKey('field.drop', event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span className={css.tags}>
      {tags.map((tag) => (
        <span key={tag} className={css.tag}>
          <span title={tag}>{tag}</span>
          <button type="button" aria-label={`Remove the tag ${tag}`} onClick={() => onTags(tags.filter((other) => other !== tag))}>
            <IconX size={11} />
          </button>
        </span>
      ))}
      <input
        ref={input}
        className={css.input}
        aria-label="Add a tag"
        placeholder="Add a tag"
        maxLength={200}
        list="review-tags"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={key}
        onBlur={add}
      />
      <datalist id="review-tags">
        {known
          .filter(({ tag }) => !tags.includes(tag))
          .map(({ tag }) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </span>
  );
}
