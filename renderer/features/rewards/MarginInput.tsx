import { useState } from 'react';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatExact, readNumber } from '../../ui/format.ts';
import css from './Consequences.module.css';

/** The least difference in the metric that makes a pair. */
export function MarginInput({ margin }: { margin: number | undefined }) {
  const { view, dispatch } = useSteadyView();
  const [typed, setTyped] = useState<string | null>(null);
  const known = view.margin ?? margin;
  const value = typed === null ? (known ?? 0) : readNumber(typed);
  return (
    <input
      className={css.margin}
      inputMode="decimal"
      aria-label="Least difference of a pair"
      title="Rollouts of a pair differ by this much or more"
      aria-invalid={value === null || value < 0}
      value={typed ?? (known === undefined ? '' : formatExact(known))}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const next = readNumber(text);
        if (next !== null && next >= 0) dispatch({ type: 'chart', chart: { margin: next } });
        else if (text.trim() === '') dispatch({ type: 'chart', chart: { margin: null } });
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
