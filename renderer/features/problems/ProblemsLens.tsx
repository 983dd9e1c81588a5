import { IconCircleCheck } from '@tabler/icons-react';
import { useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useProblems } from '../../data/problems-context.tsx';
import { keyIn } from '../../ui/key-press.ts';
import { useProblemFilter } from './use-problem-filter.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount } from '../../ui/format.ts';
import { ProblemDetail } from './ProblemDetail.tsx';
import { ProblemList } from './ProblemList.tsx';
import { SearchState } from './SearchState.tsx';
import css from './ProblemsLens.module.css';

/** What is wrong with the file: the rules that found something, worst first, and the lines of the chosen one. */
export function ProblemsLens({ onRead }: { onRead: (row: number) => void }) {
  const { state } = useDataset();
  const { value, error } = useProblems();
  const { view, dispatch } = useSteadyView();
  const problems = value?.problems ?? [];
  const problem = problems.find(({ rule }) => rule === view.problem) ?? problems[0];
  const filter = useProblemFilter(problem?.rule ?? null);
  const root = useRef<HTMLDivElement>(null);
  const focused = useRef<HTMLElement | null>(null);
  const reading = state.phase === 'reading';

  // The lens takes the keys when it has something to walk through, and again when the reader in front of it closes.
  const inFront = view.reader === null && problems.length > 0;
  useLayoutEffect(() => {
    if (!inFront || (document.activeElement !== null && document.activeElement !== document.body)) return;
    (focused.current ?? root.current?.querySelector<HTMLElement>('[role=listbox]'))?.focus({ preventScroll: true });
  }, [inFront]);

  const onKey = (event: KeyboardEvent): void => {
    const id = keyIn('problems', event);
    if (id === null || filter === null) return;
    event.preventDefault();
    if (id === 'problems.in') filter.toggleOnly();
    else filter.toggleOut();
  };

  return (
    <div ref={root} className={css.lens} onFocus={(event) => (focused.current = event.target)} onKeyDown={onKey}>
      <section className={css.list} aria-label="Problems">
        <dl className={css.totals}>
          <Total name="lines read" count={state.lines} />
          <Total name="rollouts" count={state.rows} />
          <Total name="invalid lines" count={state.invalidLines} tone={state.invalidLines > 0 ? 'error' : undefined} />
        </dl>
        <SearchState reading={reading} />
        {error !== null && <p className={css.error}>{error.message}</p>}
        {problems.length > 0 && (
          <ProblemList
            problems={problems}
            chosen={problem?.rule ?? null}
            filters={filter !== null}
            onChoose={(rule) => dispatch({ type: 'problem', rule })}
          />
        )}
        {value !== undefined && problems.length === 0 && (
          <p className={css.none}>
            <IconCircleCheck size={20} aria-hidden />
            {value.asked < value.rules ? 'Nothing found so far.' : 'Nothing found.'}
          </p>
        )}
      </section>
      {problem !== undefined && <ProblemDetail key={problem.rule} problem={problem} filter={filter} onRead={onRead} />}
    </div>
  );
}

function Total({ name, count, tone }: { name: string; count: number; tone?: 'error' | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-tone={tone}>{formatCount(count)}</dd>
    </div>
  );
}
