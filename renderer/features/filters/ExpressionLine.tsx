import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { AppError } from '#shared/errors.ts';
import { caretContext } from './caret-context.ts';
import { insertOption, optionsAt, type Option } from './complete.ts';
import { ErrorBelow } from './ErrorBelow.tsx';
import { useVocabulary } from './use-vocabulary.ts';
import { keyIn } from '../../ui/key-press.ts';
import type { KeyId } from '../../ui/key-table.ts';
import css from './ExpressionLine.module.css';

interface ExpressionLineProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** What is wrong with the text, once it was to be taken. */
  readonly error: AppError | null;
  readonly onSubmit: () => void;
  /** Esc, when nothing is proposed that it would close. */
  readonly onEscape: () => void;
  /** Backspace or the arrow to the left, at the start of an empty line. */
  readonly onLeaveLeft?: () => void;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly isMain?: boolean;
  /** Instead of an empty line. */
  readonly children?: ReactNode;
}

/** A line where conditions are typed: proposes what fits at the caret, and points at what is wrong. Down opens the proposals. */
export function ExpressionLine(props: ExpressionLineProps) {
  const { label, text, onText, error, input, isMain = false } = props;
  const [caret, setCaret] = useState(text.length);
  const [choice, setChoice] = useState(-1);
  const [open, setOpen] = useState(false);
  const id = useId();
  const context = open && error === null ? caretContext(text, caret) : null;
  const vocabulary = useVocabulary(context);
  const options = context === null ? [] : optionsAt(context, vocabulary);
  const proposes = options.length > 0;
  // Where the caret is to stand once the text that was put in is there.
  const [placed, setPlaced] = useState<{ readonly at: number } | null>(null);
  useLayoutEffect(() => {
    if (placed !== null) input.current?.setSelectionRange(placed.at, placed.at);
  }, [input, placed]);

  const edit = (next: string, at: number): void => {
    onText(next);
    setCaret(at);
    setChoice(-1);
  };
  const replace = (next: string, at: number): void => {
    edit(next, at);
    setPlaced({ at });
    input.current?.focus();
  };
  const take = (option: Option): void => {
    if (context === null) return;
    const next = insertOption(text, caret, context, option);
    replace(next.text, next.caret);
  };
  const choose = (key: KeyId): boolean => {
    if (key === 'line.next' && !proposes) setOpen(true);
    else if (!proposes) return false;
    else if (key === 'line.next') setChoice((choice + 1) % options.length);
    else if (key === 'line.previous') setChoice((choice <= 0 ? options.length : choice) - 1);
    else if (key === 'line.leave') setOpen(false);
    else if (key === 'line.take' || (key === 'line.add' && choice >= 0)) {
      const option = options[Math.max(0, choice)];
      if (option !== undefined) take(option);
    } else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const key = event.nativeEvent.isComposing ? null : keyIn('line', event);
    if (key === null) return;
    if (choose(key)) event.preventDefault();
    else if (key === 'line.add') {
      setOpen(false);
      props.onSubmit();
    } else if (key === 'line.leave') props.onEscape();
    else if (key === 'line.toChips' && text === '' && props.onLeaveLeft) props.onLeaveLeft();
    else return;
    event.stopPropagation();
  };

  return (
    <div className={css.field}>
      <input
        ref={input}
        className={css.input}
        role="combobox"
        aria-label={label}
        aria-expanded={proposes}
        aria-controls={`${id}-options`}
        aria-activedescendant={proposes && choice >= 0 ? `${id}-${choice}` : undefined}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-error`}
        spellCheck={false}
        autoComplete="off"
        {...(isMain ? { 'data-shortcut': 'filter' } : {})}
        value={text}
        onChange={({ currentTarget }) => {
          edit(currentTarget.value, currentTarget.selectionStart ?? currentTarget.value.length);
          setOpen(true);
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      {text === '' && props.children}
      {proposes && <OptionList id={id} options={options} choice={choice} onTake={take} />}
      {error !== null && <ErrorBelow id={`${id}-error`} text={text} error={error} onReplace={replace} />}
    </div>
  );
}

interface OptionListProps {
  readonly id: string;
  readonly options: readonly Option[];
  readonly choice: number;
  readonly onTake: (option: Option) => void;
}

function OptionList({ id, options, choice, onTake }: OptionListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[choice]?.scrollIntoView?.({ block: 'nearest' });
  }, [choice]);
  return (
    <ul ref={list} className={css.options} role="listbox" id={`${id}-options`} aria-label="What fits here">
      {options.map((option, index) => (
        <li
          key={option.label}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === choice}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(option);
          }}
        >
          <code>{option.label}</code>
          <span className={css.detail}>{option.detail}</span>
        </li>
      ))}
    </ul>
  );
}
