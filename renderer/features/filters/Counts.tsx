import { useEffect, useState } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import { useView } from '../../state/use-view.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import css from './FilterBar.module.css';

/** What the filter keeps: of the dataset, or while a draft is tried, of the filter. */
export function Counts() {
  const { view } = useView();
  const { state } = useDataset();
  const { rows, before, after } = useFocus();
  const shown = view.draft === null ? before : (after ?? before);
  if (shown === undefined) return <p className={css.counts} />;
  const whole = view.draft === null ? (rows ?? state.rows) : (before?.rollouts ?? 0);
  const tail = state.phase === 'reading' ? ' so far' : '';
  const text = `${formatCount(shown.rollouts)} of ${plural(whole, 'rollout')}${tail}`;
  return (
    <>
      <p className={css.counts} data-testid="counts">
        <b>{formatCount(shown.rollouts)}</b> of {plural(whole, 'rollout')}
        {tail}
        <span className={css.tasks}> · {plural(shown.tasks, 'task')}</span>
      </p>
      <Announced text={text} />
    </>
  );
}

/** Says a changing text to screen readers, at most once a second. */
function Announced({ text }: { text: string }) {
  const [said, setSaid] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), 1000);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span className="rs-sr" aria-live="polite">
      {said}
    </span>
  );
}
