import { useProblems, useProblemSearch } from '../../data/problems-context.tsx';
import { formatPercent } from '../../ui/format.ts';
import { linesPassNames } from '../../ui/lines-pass.ts';
import css from './ProblemsLens.module.css';

/** How many of the rules have been asked; while lines are gone through for the others, how far that is. It has its place in any case. */
export function SearchState({ reading }: { reading: boolean }) {
  const { value } = useProblems();
  const { progress, stopped, stop, goOn } = useProblemSearch();
  const rules =
    value === undefined ? '' : value.asked < value.rules ? `${value.asked} of ${value.rules} rules asked` : `${value.rules} rules asked`;
  if (stopped) {
    return (
      <p className={css.state} role="status">
        {`Stopped${rules === '' ? '' : `: ${rules}`}`}
        <button type="button" className={css.link} onClick={goOn}>
          Search on
        </button>
      </p>
    );
  }
  if (progress !== null) {
    return (
      <p className={css.state} role="status">
        {`${linesPassNames[progress.pass]} · ${formatPercent(progress.rowsDone, progress.rowsTotal)}`}
        <button type="button" className={css.link} onClick={stop}>
          Cancel
        </button>
      </p>
    );
  }
  return <p className={css.state}>{reading && rules !== '' ? `${rules} so far` : rules}</p>;
}
