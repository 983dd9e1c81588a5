import { useState } from 'react';
import type { FormRange } from '../../state/condition-form.ts';
import { readNumber } from '../../ui/format.ts';
import css from './ChipEditor.module.css';

interface RangeControlsProps {
  readonly name: string;
  readonly range: FormRange;
  readonly onChange: (range: FormRange) => void;
}

/** Both bounds of a range as numbers to type; an empty one is no bound. */
export function RangeControls({ name, range, onChange }: RangeControlsProps) {
  return (
    <div className={css.range}>
      <span className={css.subject}>{name}</span>
      <Sign
        open={range.minOpen}
        signs={['≥', '>']}
        label="The lower bound itself"
        onChange={(minOpen) => onChange({ ...range, minOpen })}
      />
      <Bound label={`${name} at least`} value={range.min} onChange={(min) => onChange({ ...range, min })} />
      <Sign
        open={range.maxOpen}
        signs={['≤', '<']}
        label="The upper bound itself"
        onChange={(maxOpen) => onChange({ ...range, maxOpen })}
      />
      <Bound label={`${name} at most`} value={range.max} onChange={(max) => onChange({ ...range, max })} />
    </div>
  );
}

interface SignProps {
  readonly open: boolean;
  readonly signs: readonly [closed: string, open: string];
  readonly label: string;
  readonly onChange: (open: boolean) => void;
}

function Sign({ open, signs, label, onChange }: SignProps) {
  return (
    <button type="button" className={css.sign} aria-pressed={!open} aria-label={label} title={label} onClick={() => onChange(!open)}>
      {open ? signs[1] : signs[0]}
    </button>
  );
}

function Bound({ label, value, onChange }: { label: string; value: number | null; onChange: (value: number | null) => void }) {
  const [text, setText] = useState(value === null ? '' : String(value));
  // Changed from elsewhere, by the text of the condition: what is typed here stays while it means the same.
  const shown = readNumber(text) === value ? text : value === null ? '' : String(value);
  return (
    <input
      className={css.bound}
      inputMode="decimal"
      aria-label={label}
      aria-invalid={shown.trim() !== '' && readNumber(shown) === null}
      placeholder="any"
      value={shown}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(readNumber(currentTarget.value));
      }}
    />
  );
}
