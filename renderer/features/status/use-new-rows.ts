import { useState } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';

interface Known {
  readonly dataset: string;
  readonly rows: number;
  readonly lines: number;
}

/** Rows that a followed file brought since it was read, or since someone went to the new ones. */
export function useNewRows(): { readonly count: number; readonly goTo: () => void } {
  const { state } = useDataset();
  const { dispatch } = useSteadyView();
  const { dataset, rows, lines } = state;
  const [known, setKnown] = useState<Known>({ dataset, rows, lines });
  if (known.dataset !== dataset) setKnown({ dataset, rows, lines });
  const goTo = (): void => {
    // Lines are numbered in the order in which they came.
    dispatch({ type: 'lens', lens: 'rollouts' });
    dispatch({ type: 'select', row: known.lines });
    setKnown({ dataset, rows, lines });
  };
  return { count: Math.max(0, rows - known.rows), goTo };
}
