import type { Facet, Histogram } from '#shared/model/histogram.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import type { TableColumn } from './columns.ts';

/** Values that a head draws. */
const segments = 8;
/** A column of more values than this is counted, not drawn. */
export const mostValues = 200;

/** What the head of a column draws: `histogram` of numbers, `values` of few texts; null where it draws nothing. */
export function chartOf({ name, form, kind, pending }: TableColumn): 'histogram' | 'values' | null {
  if (pending || form === 'text' || ['line', 'task', 'rollout', 'problems'].includes(name)) return null;
  return kind === 'number' ? 'histogram' : 'values';
}

/** Of what the filter keeps. */
export function useHeadHistogram(column: string): Histogram | undefined {
  const { view } = useSteadyView();
  const { dataset, version } = useDataset();
  const input = { dataset, filter: view.filter, column, binning: { kind: 'auto' } as const };
  return useRequest('column.histogram', input, { version, pace: 'settle' }).value;
}

/** The most frequent values under the rest of the filter. */
export function useHeadFacet(column: string, limit = segments): Facet | undefined {
  const { view } = useSteadyView();
  const { dataset, version } = useDataset();
  const input = { dataset, filter: view.filter, column, limit };
  return useRequest('column.facet', input, { version, pace: 'settle' }).value;
}
