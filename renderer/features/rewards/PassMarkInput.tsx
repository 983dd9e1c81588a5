import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFocus } from '../../data/focus-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatExact, readNumber } from '../../ui/format.ts';
import css from './ChartOptions.module.css';

/** The pass mark as a number; empty brings back that of the metric. */
export function PassMarkInput() {
  const { view, dispatch } = useSteadyView();
  const { passMark } = useFocus();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      label="Pass mark"
      description="Colours rewards and divides KTO labels; filters nothing."
      descriptionProps={{ className: css.about ?? '' }}
      inputMode="decimal"
      placeholder={formatExact(passMark)}
      error={typed !== null && typed.trim() !== '' && readNumber(typed) === null}
      value={typed ?? (view.passMark === null ? '' : formatExact(view.passMark))}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const mark = readNumber(text);
        if (mark !== null || text.trim() === '') dispatch({ type: 'passMark', passMark: mark });
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
