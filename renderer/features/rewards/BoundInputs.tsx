import { useEffect, useState } from 'react';
import type { Histogram } from '#shared/model/histogram.ts';
import { choicesOf, sameChoice, toggleChoice, type Choice } from '../../state/choices.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount, formatTick, readNumber } from '../../ui/format.ts';
import type { Bounds, Side } from '../../ui/bounds.ts';
import css from './Bounds.module.css';

interface BoundInputsProps {
  readonly name: string;
  readonly histogram: Histogram;
  readonly bounds: Bounds;
  readonly onBounds: (bounds: Bounds) => void;
  /** Says that a draft leaves out what has no number. */
  readonly drops: boolean;
}

/** The bounds as numbers to type, and the rollouts that have no number at all. */
export function BoundInputs({ name, histogram, bounds, drops, onBounds }: BoundInputsProps) {
  const { edges, nulls, missing, other, apart } = histogram;
  return (
    <div className={css.bounds}>
      {drops && <span>keep</span>}
      <BoundInput
        side="min"
        label={`${name} at least`}
        bound={bounds.min}
        end={edges[0] ?? 0}
        onChange={(min) => onBounds({ ...bounds, min })}
      />
      <span>to</span>
      <BoundInput
        side="max"
        label={`${name} at most`}
        bound={bounds.max}
        end={edges.at(-1) ?? 1}
        onChange={(max) => onBounds({ ...bounds, max })}
      />
      <span className={css.none}>
        <NoNumber name={name} choice="null" count={nulls} />
        <NoNumber name={name} choice="missing" count={missing} />
        {apart !== undefined && apart.zeros + apart.negatives > 0 && (
          <span title="No logarithm: these are in no bar">≤ 0 {formatCount(apart.zeros + apart.negatives)}</span>
        )}
        {other > 0 && <span title={`${formatCount(other)} values are no numbers`}>no number {formatCount(other)}</span>}
        {drops && nulls + missing + other > 0 && <span>dropped</span>}
      </span>
    </div>
  );
}

/** A click keeps only the rollouts without a number. */
function NoNumber({ name, choice, count }: { name: string; choice: Choice & string; count: number }) {
  const { view, dispatch } = useSteadyView();
  const { chosen } = choicesOf(view.filter, name);
  const on = chosen.some((held) => sameChoice(held, choice));
  if (count === 0 && !on) return choice === 'null' ? <span className={css.bucket}>null 0</span> : null;
  return (
    <button
      type="button"
      className={css.bucket}
      aria-pressed={on}
      title={`Only rollouts whose ${name} is ${choice}`}
      onClick={() => dispatch({ type: 'filter.set', filter: toggleChoice(view.filter, name, choice) })}
    >
      {choice} <b>{formatCount(count)}</b>
    </button>
  );
}

interface BoundInputProps {
  readonly side: Side;
  readonly label: string;
  readonly bound: number | null;
  /** Shown where there is no bound: the end of the axis. */
  readonly end: number;
  readonly onChange: (bound: number | null) => void;
}

/** Characters of a bound that are seen at once. */
const longestBound = 9;

export function BoundInput({ side, label, bound, end, onChange }: BoundInputProps) {
  const shown = bound === null ? '' : formatBound(bound);
  const [text, setText] = useState(shown);
  // While its own text means the bound, it stays as typed: "0.50" must not turn into "0.5" under the cursor.
  useEffect(() => setText((typed) => (readNumber(typed) === bound && (typed !== '' || bound === null) ? typed : shown)), [bound, shown]);
  return (
    <input
      className={css.bound}
      data-bound={side}
      inputMode="decimal"
      aria-label={label}
      aria-invalid={text.trim() !== '' && readNumber(text) === null}
      placeholder={formatTick(end)}
      value={text}
      style={{ width: `calc(${Math.min(longestBound, (text === '' ? formatTick(end) : text).length)}ch + 20px)` }}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        const value = readNumber(next);
        if (value !== null || next.trim() === '') onChange(value);
      }}
      onBlur={() => setText(shown)}
    />
  );
}

/** As exact as it was set, unlike a tick. */
function formatBound(bound: number): string {
  return String(bound).replace('-', '\u2212');
}
