import { defaultPassMark } from '#shared/model/pass-mark.ts';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { Binning, Histogram } from '#shared/model/histogram.ts';
import type { ConditionCounts } from '#shared/model/query.ts';
import type { SelectionSummary } from '#shared/model/selection.ts';
import type { AppError } from '#shared/errors.ts';
import { trialOf } from '../state/draft.ts';
import { splitAt, splitOf } from '../state/split.ts';
import type { CalmView } from '../state/view-state.ts';
import { useView } from '../state/use-view.tsx';
import type { ValueRange } from '../ui/reward-scale.ts';
import { zoomEdges } from '../ui/zoom.ts';
import { useDataset } from './dataset-context.tsx';
import { useRequest } from './use-request.ts';

/** What several panes show of the current view, asked once for all of them. */
export interface Focus {
  /** The metric in view, or null in a dataset without numbers. */
  readonly metric: ColumnInfo | null;
  /** Of the metric, over the filter. */
  readonly histogram: Histogram | undefined;
  /** Of the metric, over the whole dataset. */
  readonly range: ValueRange;
  readonly passMark: number;
  /** Conditions that take rows out while the draft, if there is one, only fades them. */
  readonly base: readonly string[];
  /** Rollouts of the dataset when `before` was counted. */
  readonly rows: number | undefined;
  /** What the filter keeps. */
  readonly before: SelectionSummary | undefined;
  /** What the draft would leave; undefined without a draft or before the first answer. */
  readonly after: SelectionSummary | undefined;
  /** What would come back without each condition, in the order of the filter; null until it is known. */
  readonly back: readonly number[] | null;
  /** Rollouts that `base` keeps when `after` was counted: the draft divides these. */
  readonly tried: number | undefined;
  /** What the draft that is held to compare with would leave. */
  readonly rival: SelectionSummary | undefined;
  /** Why the filter cannot be answered. */
  readonly error: AppError | null;
}

const FocusContext = createContext<Focus | null>(null);

export function useFocus(): Focus {
  const focus = useContext(FocusContext);
  if (focus === null) throw new Error('useFocus needs a FocusProvider');
  return focus;
}

export function FocusProvider({ children }: { children: ReactNode }) {
  const { view } = useView();
  const { dataset, columns, version, isBlank } = useDataset();
  const metric = useMemo(() => chooseMetric(columns, view.metric), [columns, view.metric]);
  const { base } = useMemo(() => trialOf(view.filter, view.draft), [view.filter, view.draft]);
  const column = metric?.name ?? 'reward';

  const pace = { version, pace: 'settle' } as const;
  const by = columns.some(({ name }) => name === view.stack) ? view.stack : null;
  const shown = { dataset, filter: view.filter, column, binning: binningOf(view), ...(by !== null && { by }) };
  const histogram = useRequest('column.histogram', metric && shown, pace);
  const counted = countedWith(view);
  const all = isBlank ? null : { dataset, filter: view.filter, draft: [], metric: column, ...counted };
  const kept = useRequest('selection.summary', all, pace);
  const trial = (draft: string | null) =>
    draft === null ? null : { dataset, ...trialFilter(view.filter, draft), metric: column, ...counted, ...markOf(draft, column) };
  const tried = useRequest('selection.summary', trial(view.draft), pace);
  const rival = useRequest('selection.summary', trial(view.rival), pace);

  // Before and after of one answer are of the same rows, however many have come since.
  const together = view.draft !== null && splitOf(view.draft) === null ? tried.value : undefined;

  const conditions = isBlank || view.filter.length === 0 ? null : { dataset, filter: view.filter };
  const counts = useRequest('filter.counts', conditions, pace).value;

  const shape = histogram.value;
  const focus = useMemo(
    (): Focus => ({
      metric,
      histogram: shape,
      range: view.zoom === null ? rangeOf(shape) : { min: view.zoom.of[0], max: view.zoom.of[1] },
      passMark: view.passMark ?? defaultPassMark(shape?.distinct ?? []),
      base,
      rows: kept.value?.rows,
      before: together?.before ?? kept.value?.before,
      after: tried.value?.after ?? undefined,
      tried: tried.value?.before.rollouts,
      rival: rival.value?.after ?? undefined,
      back: backOf(counts, view.filter),
      error: kept.error,
    }),
    [metric, shape, view.zoom, view.passMark, view.filter, base, kept.value, kept.error, tried.value, together, rival.value, counts],
  );
  return <FocusContext value={focus}>{children}</FocusContext>;
}

/** Counts of an earlier filter say nothing of this one. */
function backOf(counts: ConditionCounts | undefined, filter: readonly string[]): readonly number[] | null {
  if (counts === undefined || counts.conditions.length !== filter.length) return null;
  return counts.conditions.every(({ condition }, index) => condition === filter[index]) ? counts.conditions.map(({ back }) => back) : null;
}

/** Bins of a part of the axis, where no number was chosen. */
const zoomedBins = 40;

function binningOf({ bins, zoom }: CalmView): Binning {
  if (zoom !== null) return { kind: 'edges', edges: zoomEdges(zoom, typeof bins === 'number' ? bins : zoomedBins) };
  return typeof bins === 'number' ? { kind: 'count', bins } : { kind: bins };
}

/** What consequences are counted with, where the user chose it. */
function countedWith({ margin, passMark }: CalmView): { margin?: number; passMark?: number } {
  return { ...(margin !== null && { margin }), ...(passMark !== null && { passMark }) };
}

function trialFilter(filter: readonly string[], draft: string): { filter: string[]; draft: string[] } {
  return { filter: [...trialOf(filter, draft).base], draft: [draft] };
}

/** A draft that splits chosen from rejected by the metric is a pass mark as well. */
function markOf(draft: string, metric: string): { passMark?: number } {
  const at = splitAt(draft, metric);
  return at === null ? {} : { passMark: at };
}

/** Columns one can set a threshold on. */
export function isMetric(column: ColumnInfo): boolean {
  return column.present > 0 && (column.kind === 'number' || column.kind === 'boolean' || column.kind === 'mixed') && column.name !== 'line';
}

/** The wanted column, else the reward, else a number of the verifier, of anything in the file, of how the rollout went. */
export function chooseMetric(columns: readonly ColumnInfo[], wanted: string): ColumnInfo | null {
  const metrics = columns.filter(isMetric);
  const named = (name: string): ColumnInfo | undefined => metrics.find((column) => column.name === name);
  const ofFile = metrics.filter((column) => !column.derived && column.kind === 'number' && !column.name.startsWith('_'));
  const ofVerifier = ofFile.find(({ name }) => !name.includes('.'));
  return named(wanted) ?? named('reward') ?? ofVerifier ?? named('tokens') ?? named('turns') ?? ofFile[0] ?? metrics[0] ?? null;
}

function rangeOf(histogram: Histogram | undefined): ValueRange {
  const values = histogram?.distinct?.length ? histogram.distinct : (histogram?.edges ?? []);
  return values.length === 0 ? { min: 0, max: 1 } : { min: Math.min(...values), max: Math.max(...values) };
}
