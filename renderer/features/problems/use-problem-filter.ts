import { problemCondition } from '#shared/model/expression/index.ts';
import { useInvalidLines } from '../../data/use-invalid-lines.ts';
import { useSteadyView } from '../../state/use-view.tsx';

/** Chips that keep, or leave out, the rollouts in which a rule found something. */
export interface ProblemFilter {
  readonly isOnly: boolean;
  readonly isOut: boolean;
  readonly toggleOnly: () => void;
  readonly toggleOut: () => void;
  /** Keeps only these, and shows them in the list. */
  readonly showAll: () => void;
}

/** Null where there is nothing to filter: the lines of the rule are no rollouts, or that is not known yet. */
export function useProblemFilter(rule: string | null): ProblemFilter | null {
  const { view, dispatch } = useSteadyView();
  const invalid = useInvalidLines(rule, 0);
  if (rule === null || invalid === undefined || invalid.total > 0) return null;
  const only = problemCondition(rule);
  const out = `not ${only}`;
  /** Takes the place of the other: both together would keep nothing. */
  const toggle = (condition: string): void => {
    const others = view.filter.filter((each) => each !== only && each !== out);
    dispatch({ type: 'filter.set', filter: view.filter.includes(condition) ? others : [...others, condition] });
  };
  return {
    isOnly: view.filter.includes(only),
    isOut: view.filter.includes(out),
    toggleOnly: () => toggle(only),
    toggleOut: () => toggle(out),
    showAll() {
      if (!view.filter.includes(only)) toggle(only);
      dispatch({ type: 'lens', lens: 'rollouts' });
    },
  };
}
