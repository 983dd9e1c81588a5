import { IconPlus } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { AppError } from '#shared/errors.ts';
import { checkedExpression, splitConditions } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { completeAt, insertCompletion, type Completion } from './complete.ts';
import css from './FilterBar.module.css';

interface ExpressionInputProps {
  /** A condition to rewrite, or nothing for a new one. */
  readonly start: string;
  readonly onAdd: (conditions: string[]) => void;
  readonly onLeave: () => void;
}

/** The line where conditions are typed: Enter adds them; what is wrong is pointed at, and nothing is lost by it. */
export function ExpressionInput({ start, onAdd, onLeave }: ExpressionInputProps) {
  const { columns } = useDataset();
  const [text, setText] = useState(start);
  const [caret, setCaret] = useState(start.length);
  const [error, setError] = useState<AppError | null>(null);
  const [choice, setChoice] = useState(-1);
  const [dismissed, setDismissed] = useState(true);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const names = useMemo(() => columns.map(({ name }) => name), [columns]);
  const completion = dismissed || error !== null ? null : completeAt(text, caret, names);

  useEffect(() => {
    if (start !== '') input.current?.focus();
  }, [start]);
  const nextCaret = useRef<number | null>(null);
  useEffect(() => {
    if (nextCaret.current === null) return;
    input.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
  }, [text]);

  const edit = (next: string, at: number): void => {
    setText(next);
    setCaret(at);
    setError(null);
    setChoice(-1);
  };
  const take = (from: Completion, column: string): void => {
    const next = insertCompletion(text, from, column);
    nextCaret.current = next.caret;
    edit(next.text, next.caret);
    setDismissed(true);
    input.current?.focus();
  };
  const submit = (): void => {
    const problem = problemOf(() => checkedExpression(text, columns));
    setError(problem);
    if (problem !== null || text.trim() === '') return;
    onAdd(splitConditions(text));
    setText('');
  };

  const key = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (completion !== null && handleChoice(event.key, completion)) event.preventDefault();
    else if (event.key === 'Enter') submit();
    else if (event.key === 'Escape') {
      if (completion !== null) setDismissed(true);
      else if (text !== '') edit('', 0);
      else event.currentTarget.blur();
      if (start !== '') onLeave();
    } else return;
    event.stopPropagation();
  };
  const handleChoice = (pressed: string, from: Completion): boolean => {
    const { options } = from;
    if (pressed === 'ArrowDown') setChoice((choice + 1) % options.length);
    else if (pressed === 'ArrowUp') setChoice((choice <= 0 ? options.length : choice) - 1);
    else if (pressed === 'Tab' || (pressed === 'Enter' && choice >= 0)) {
      const column = options[Math.max(0, choice)];
      if (column !== undefined) take(from, column);
    } else return false;
    return true;
  };

  return (
    <div className={css.line}>
      {text === '' && <IconPlus size={14} className={css.icon} aria-hidden />}
      <div className={css.field}>
        <input
          ref={input}
          className={css.input}
          role="combobox"
          aria-label="Add a condition"
          aria-expanded={completion !== null}
          aria-controls={`${id}-options`}
          aria-activedescendant={completion !== null && choice >= 0 ? `${id}-${choice}` : undefined}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          spellCheck={false}
          autoComplete="off"
          data-shortcut="filter"
          value={text}
          onChange={(event) => {
            edit(event.currentTarget.value, event.currentTarget.selectionStart ?? event.currentTarget.value.length);
            setDismissed(false);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onKeyDown={key}
          onBlur={() => {
            setDismissed(true);
            if (text.trim() === '' || text === start) onLeave();
          }}
        />
        {text === '' && (
          <span className={css.placeholder} aria-hidden>
            <span>Add</span>
            <span className={css.long}>
              {' '}
              a condition, or type <code>turns &lt; 10 and agent = "math"</code>
            </span>
          </span>
        )}
        {completion !== null && (
          <ul className={css.options} role="listbox" id={`${id}-options`} aria-label="Columns">
            {completion.options.map((column, index) => (
              <li
                key={column}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === choice}
                onPointerDown={(event) => {
                  event.preventDefault();
                  take(completion, column);
                }}
              >
                <span>{column}</span>
                <span className={css.kind}>{columns.find(({ name }) => name === column)?.kind}</span>
              </li>
            ))}
          </ul>
        )}
        {error !== null && (
          <div className={css.error} id={`${id}-error`} role="alert">
            <p>{error.message}</p>
            <pre>
              {text}
              {'\n'}
              <span aria-hidden>{`${' '.repeat(error.details.at ?? text.length)}^`}</span>
            </pre>
            {(error.details.suggestions ?? []).map((suggestion) => (
              <button
                key={suggestion}
                type="button"
                onPointerDown={(event) => {
                  event.preventDefault();
                  const at = error.details.at ?? text.length;
                  const rest = text.slice(at).replace(/^(?:`[^`]*`|"[^"]*"|[^\s()<>=!~,]+)/u, '');
                  edit(`${text.slice(0, at)}${suggestion}${rest}`, at + suggestion.length);
                }}
              >
                {suggestion}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

function problemOf(check: () => unknown): AppError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
