import type { Filter } from '#shared/model/query.ts';
import type { SelectionSummary } from '#shared/model/selection.ts';
import { NO_CODE } from '../index/types.ts';
import { countBits, filterRows, memo, rolloutBits, textCodes } from '../query/index.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { groupCounts, taskFigures } from './groups.ts';

// Rows and codes are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

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
  if (!numbers) return undefined;
  let sum = 0;
  let any = false;
  for (let i = 0; i < rows.length; i++) {
    const value = numbers[rows[i]!]!;
    if (!Number.isFinite(value)) continue;
    sum += value;
    any = true;
  }
  return any ? sum : undefined;
}

/** Rows without an agent are in no share. */
function countAgents(index: DatasetIndex, rows: Uint32Array): SelectionSummary['agents'] {
  if (!index.column('agent')) return [];
  const { codes, values } = textCodes(index, 'agent');
  const counts = new Uint32Array(values.length);
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]!]!;
    if (code !== NO_CODE) counts[code]!++;
  }
  return values
    .map((agent, code) => ({ agent, rollouts: counts[code]! }))
    .filter(({ rollouts }) => rollouts > 0)
    .sort((a, b) => b.rollouts - a.rollouts);
}
