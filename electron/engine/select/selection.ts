import type { Filter } from '#shared/model/query.ts';
import type { SelectionSummary } from '#shared/model/selection.ts';
import { CellKind } from '../index/types.ts';
import { countBits, filterRows, memo, rolloutBits } from '../query/index.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { groupCounts, taskFigures } from './groups.ts';

export interface SummaryRequest {
  readonly filter: Filter;
  readonly draft: Filter;
  readonly metric: string;
}

/**
 * What the filter keeps, and what would be left with the draft as well (null without one). `rows` are all rollouts. A
 * metric that the dataset does not have leaves every group without a signal. Fails with bad-input on a wrong condition.
 */
export function summariseSelection(
  index: DatasetIndex,
  { filter, draft, metric }: SummaryRequest,
): { rows: number; before: SelectionSummary; after: SelectionSummary | null } {
  return {
    rows: countBits(rolloutBits(index)),
    before: summaryOf(index, { filter, metric }),
    after: draft.length > 0 ? summaryOf(index, { filter: [...filter, ...draft], metric }) : null,
  };
}

const summaryOf = memo(
  8,
  (index: DatasetIndex, { filter, metric }: { filter: Filter; metric: string }): SelectionSummary => {
    const rows = filterRows(index, filter);
    const groups = groupCounts(taskFigures(index.tasks(), rows, index.column(metric)?.numbers()));
    const tokens = sumOf(index, 'tokens', rows);
    return {
      rollouts: rows.length,
      tasks: groups.tasks,
      ...(tokens !== undefined && { tokens }),
      groupsWithSignal: groups.withSignal,
      agents: countAgents(index, rows),
    };
  },
  JSON.stringify,
);

/** Undefined when no row has a finite number. */
function sumOf(index: DatasetIndex, name: string, rows: Uint32Array): number | undefined {
  const numbers = index.column(name)?.numbers();
  let sum: number | undefined;
  for (const row of rows) {
    const value = numbers?.[row] ?? Number.NaN;
    if (Number.isFinite(value)) sum = (sum ?? 0) + value;
  }
  return sum;
}

/** Rows without an agent are in no share. */
function countAgents(index: DatasetIndex, rows: Uint32Array): SelectionSummary['agents'] {
  const column = index.column('agent');
  if (!column) return [];
  const kinds = column.kinds();
  const dictionary = column.codes();
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (kinds[row] !== CellKind.string) continue;
    const agent = (dictionary ? dictionary.values[dictionary.codes[row] ?? -1] : column.text(row)) ?? '';
    counts.set(agent, (counts.get(agent) ?? 0) + 1);
  }
  return [...counts].map(([agent, rollouts]) => ({ agent, rollouts })).sort((a, b) => b.rollouts - a.rollouts);
}
