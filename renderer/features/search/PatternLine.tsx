import { IconLetterCase, IconRegex, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { searchScopes, type SearchPattern, type SearchScope } from '#shared/model/search.ts';
import { isKey } from '../../ui/key-press.ts';
import css from './SearchPane.module.css';

interface PatternLineProps {
  readonly pattern: SearchPattern;
  readonly onPattern: (pattern: SearchPattern) => void;
  /** Enter: on to the hits. */
  readonly onDone: () => void;
}

export const scopeNames: Readonly<Record<SearchScope, string>> = {
  messages: 'Messages',
  reasoning: 'Reasoning',
  arguments: 'Calls',
  outputs: 'Outputs',
};
const typingMs = 350;

export function toggledScopes(scopes: readonly SearchScope[], scope: SearchScope): SearchScope[] {
  return searchScopes.filter((each) => scopes.includes(each) !== (each === scope));
}

/** What to look for, how it is read, and where. What is typed is looked for when typing rests. */
export function PatternLine({ pattern, onPattern, onDone }: PatternLineProps) {
  const [typed, setTyped] = useState(pattern.text);
  const [held, setHeld] = useState(pattern.text);
  if (held !== pattern.text) {
    setHeld(pattern.text);
    setTyped(pattern.text);
  }
  const isNew = typed !== '' && typed !== pattern.text;
  useEffect(() => {
    if (!isNew) return undefined;
    const timer = setTimeout(() => onPattern({ ...pattern, text: typed }), typingMs);
    return () => clearTimeout(timer);
  }, [isNew, typed, pattern, onPattern]);

  const toggleScope = (scope: SearchScope): void => {
    const scopes = toggledScopes(pattern.scopes, scope);
    if (scopes.length > 0) onPattern({ ...pattern, scopes });
  };

  return (
    <div className={css.line}>
      <IconSearch size={14} aria-hidden />
      <input
        type="search"
        aria-label="Search in all text"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!isKey('field.keep', event)) return;
          if (isNew) onPattern({ ...pattern, text: typed });
          onDone();
          event.preventDefault();
        }}
      />
      <button
        type="button"
        className={css.toggle}
        aria-pressed={!pattern.ignoreCase}
        title="Tell upper from lower case"
        aria-label="Tell upper from lower case"
        onClick={() => onPattern({ ...pattern, ignoreCase: !pattern.ignoreCase })}
      >
        <IconLetterCase size={16} />
      </button>
      <button
        type="button"
        className={css.toggle}
        aria-pressed={pattern.regex}
        title="Regular expression"
        aria-label="Regular expression"
        onClick={() => onPattern({ ...pattern, regex: !pattern.regex })}
      >
        <IconRegex size={16} />
      </button>
      <span className={css.scopes} role="group" aria-label="Where">
        {searchScopes.map((scope) => (
          <button
            key={scope}
            type="button"
            className={css.toggle}
            aria-pressed={pattern.scopes.includes(scope)}
            onClick={() => toggleScope(scope)}
          >
            {scopeNames[scope]}
          </button>
        ))}
      </span>
    </div>
  );
}
