import { IconCommand, IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { KeyCaps, KeyHint, SignHint } from '../../ui/Key.tsx';
import { formatCount } from '../../ui/format.ts';
import { isKey, keyCaps, keyIn } from '../../ui/key-press.ts';
import type { Command } from '../../ui/command.ts';
import type { Section } from './section.ts';
import { pieces } from './match.ts';
import css from './Palette.module.css';

interface PaletteProps {
  /** As it was left; all of it is selected. */
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly placeholder: string;
  readonly sections: readonly Section[];
  /** Of how many commands these were chosen. */
  readonly total: number;
  /** What stands there when nothing is found. */
  readonly nothing: string;
  readonly onClose: () => void;
}

const prefixes = [
  [':', 'line'],
  ['#', 'task'],
  ['/', 'text'],
  ['>', 'commands'],
] as const;

/** Everything there is to do, by typing some of its words: arrows choose, Enter runs, Tab lists what else can be done with the row. */
export function Palette({ query, onQuery, placeholder, sections, total, nothing, onClose }: PaletteProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [choice, setChoice] = useState(0);
  /** The row whose other actions are listed. */
  const [within, setWithin] = useState<Command | null>(null);
  const shown = useMemo<readonly Section[]>(
    () => (within === null ? sections : [{ title: within.title, marks: '', commands: within.more ?? [] }]),
    [sections, within],
  );
  const commands = useMemo(() => shown.flatMap((section) => section.commands), [shown]);
  const chosen = Math.min(choice, commands.length - 1);
  const current = commands[chosen];
  useFocusWhileOpen(input);

  const run = (command: Command): void => {
    onClose();
    // What it puts the focus on must not lose it again to what had it before the palette.
    requestAnimationFrame(command.run);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const key = keyIn('palette', event);
    const last = commands.length - 1;
    if (key === 'palette.down') setChoice(chosen >= last ? 0 : chosen + 1);
    else if (key === 'palette.up') setChoice(chosen <= 0 ? last : chosen - 1);
    else if (key === 'palette.pageDown') setChoice(Math.min(last, chosen + 8));
    else if (key === 'palette.pageUp') setChoice(Math.max(0, chosen - 8));
    else if (key === 'palette.run' && current !== undefined) run(current);
    else if (key === 'palette.more') {
      if (within !== null) setWithin(null);
      else if (current?.more !== undefined) {
        setWithin(current);
        setChoice(0);
      }
    } else if (key === 'palette.close' || isKey('palette', event)) {
      if (within !== null && key === 'palette.close') setWithin(null);
      else onClose();
    } else {
      // Nothing behind the palette hears a key.
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={css.scrim} onPointerDown={(event) => event.target === event.currentTarget && onClose()}>
      <div className={css.palette} role="dialog" aria-modal aria-label="Search and commands" onKeyDown={onKeyDown}>
        <div className={css.line}>
          <IconSearch size={16} aria-hidden />
          <input
            ref={input}
            role="combobox"
            aria-label="Search text, line, task, command"
            aria-expanded
            aria-controls={`${id}-list`}
            aria-activedescendant={current === undefined ? undefined : `${id}-${chosen}`}
            placeholder={placeholder}
            spellCheck={false}
            autoComplete="off"
            value={query}
            onChange={(event) => {
              onQuery(event.currentTarget.value);
              setChoice(0);
              setWithin(null);
            }}
          />
          {prefixes.map(([sign, what]) => (
            <SignHint key={sign} sign={sign}>
              {what}
            </SignHint>
          ))}
        </div>
        <Rows id={id} sections={shown} chosen={chosen} onRun={run} onChoose={setChoice} />
        {commands.length === 0 && <p className={css.nothing}>{nothing}</p>}
        <div className={css.foot}>
          <KeyHint ids={['palette.up', 'palette.down']}>choose</KeyHint>
          <KeyHint ids={['palette.run']}>run</KeyHint>
          {(within !== null || current?.more !== undefined) && (
            <KeyHint ids={['palette.more']}>{within === null ? 'more actions' : 'back'}</KeyHint>
          )}
          <span className={css.push} />
          <span aria-live="polite">
            {formatCount(commands.length)} of {formatCount(total)}
          </span>
        </div>
      </div>
    </div>
  );
}

interface RowsProps {
  readonly id: string;
  readonly sections: readonly Section[];
  readonly chosen: number;
  readonly onRun: (command: Command) => void;
  readonly onChoose: (index: number) => void;
}

/** As it is read aloud: all that its row shows. */
function nameOf({ title, detail, key }: Command): string {
  return [title, detail, key === undefined ? undefined : keyCaps(key).join(' ')].filter((part) => part !== undefined).join(', ');
}

function Rows({ id, sections, chosen, onRun, onChoose }: RowsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen, sections]);
  const starts = sections.map((_, at) => sections.slice(0, at).reduce((sum, { commands }) => sum + commands.length, 0));
  return (
    <div ref={list} className={css.list} role="listbox" id={`${id}-list`} aria-label="What can be done">
      {sections.map(({ title, commands, marks }, at) => (
        <div key={title} role="group" aria-label={title}>
          <p className={css.section} aria-hidden>
            {title}
          </p>
          {commands.map((command, offset) => {
            const index = (starts[at] ?? 0) + offset;
            const Icon = command.icon ?? IconCommand;
            return (
              <div
                key={command.id}
                id={`${id}-${index}`}
                className={css.row}
                role="option"
                aria-selected={index === chosen}
                aria-label={nameOf(command)}
                onPointerMove={() => index !== chosen && onChoose(index)}
                onClick={() => onRun(command)}
              >
                <Icon size={16} aria-hidden />
                <span className={css.title}>
                  {pieces(command.title, marks).map(({ text, hit }, piece) => (hit ? <mark key={piece}>{text}</mark> : text))}
                </span>{' '}
                {command.detail !== undefined && <span className={css.detail}>{command.detail}</span>} <span className={css.push} />
                {command.key !== undefined && <KeyCaps id={command.key} />}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

/** Takes the focus while it is open, and gives it back. */
function useFocusWhileOpen(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const before = document.activeElement;
    input.current?.focus();
    const start = input.current;
    // The sign of a kind stays; what was typed last is replaced by typing.
    if (start !== null && start.value.length > 1 && !start.value.endsWith(' ')) start.select();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [input]);
}
