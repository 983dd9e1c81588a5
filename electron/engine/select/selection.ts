import type { Filter } from '#shared/model/query.ts';
import type { SelectionSummary } from '#shared/model/selection.ts';
import { NO_CODE } from '../index/types.ts';
import { type Bitset, countBits, filterBits, filterRows, hasBit, memo, rolloutBits, textCodes } from '../query/index.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { signalTolerance } from './groups.ts';
import { hashIdentity, plainTasks } from './identity.ts';
import { countPairs, isFarApart } from './pair-counts.ts';
import { defaultPairs, type RolloutIdentity } from './pairs.ts';
import { passMarkOf, type RankedTasks, rankedTasks } from './ranked-tasks.ts';

// Rows and codes are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

export interface SummaryRequest {
  readonly filter: Filter;
  readonly draft: Filter;
  readonly metric: string;
  /** Of possible pairs; by default that of exports. */
  readonly margin?: number | undefined;
  /** By default that of the metric over all rollouts. */
  readonly passMark?: number | undefined;
}

/**
 * What the filter keeps, and what would be left with the draft as well (null without one). `rows` are all rollouts. A
 * metric that the dataset does not have leaves every group without a signal. Fails with bad-input on a wrong condition.
 */
export function summariseSelection(
  index: DatasetIndex,
  { filter, draft, metric, margin = defaultPairs.margin, passMark = passMarkOf(index, metric) }: SummaryRequest,
): { rows: number; before: SelectionSummary; after: SelectionSummary | null } {
  const of = { metric, margin, passMark };
  return {
    rows: countBits(rolloutBits(index)),
    before: summaryOf(index, { filter, ...of }),
    after: draft.length > 0 ? summaryOf(index, { filter: [...filter, ...draft], ...of }) : null,
  };
}

interface SummaryInput {
  readonly filter: Filter;
  readonly metric: string;
  readonly margin: number;
  readonly passMark: number;
}

const summaryOf = memo(
  8,
  (index: DatasetIndex, { filter, metric, margin, passMark }: SummaryInput): SelectionSummary => {
    const rows = filterRows(index, filter);
    const { tasks, alive, dead, single, pairs, good, bad } = tally(
      rankedTasks(index, metric),
      filterBits(index, filter),
      { identity: hashIdentity(index), plain: plainTasks(index), margin },
      passMark,
    );
    const tokens = sumOf(index, 'tokens', rows);
    return {
      rollouts: rows.length,
      tasks,
      ...(tokens !== undefined && { tokens }),
      groupsWithSignal: alive,
      groupsAllEqual: dead,
      groupsSingle: single,
      pairs: { margin, ...pairs },
      labels: { passMark, good, bad },
      agents: countAgents(index, rows),
    };
  },
  JSON.stringify,
);

interface PairSource {
  readonly identity: RolloutIdentity;
  /** 1 for tasks of which any two rollouts may be a pair. */
  readonly plain: Uint8Array;
  readonly margin: number;
}

/** One pass over the tasks. Values of a task are ascending, so that its first and last one that are kept are its extremes. */
function tally({ starts, rows, values, largest }: RankedTasks, bits: Bitset, { identity, plain, margin }: PairSource, passMark: number) {
  let [tasks, alive, single, measured, good, bestWorst, all] = [0, 0, 0, 0, 0, 0, 0];
  const kept = { rows: new Uint32Array(largest), values: new Float64Array(largest), count: 0 };
  for (let task = 0, i = 0; task + 1 < starts.length; task++) {
    let size = 0;
    let count = 0;
    for (const end = starts[task + 1]!; i < end; i++) {
      const row = rows[i]!;
      if (!hasBit(bits, row)) continue;
      size++;
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      kept.rows[count] = row;
      kept.values[count++] = value;
      if (value >= passMark) good++;
    }
    if (size === 0) continue;
    tasks++;
    measured += count;
    const spread = count < 2 ? 0 : kept.values[count - 1]! - kept.values[0]!;
    if (count < 2) single++;
    else if (spread > signalTolerance) alive++;
    if (!isFarApart(spread, margin)) continue;
    if (plain[task] === 1) {
      bestWorst++;
      for (let better = 1, worse = 0; better < count; better++) {
        while (isFarApart(kept.values[better]! - kept.values[worse]!, margin)) worse++;
        all += worse;
      }
    } else {
      kept.count = count;
      const pairs = countPairs(kept, identity, margin);
      bestWorst += pairs.bestWorst;
      all += pairs.all;
    }
  }
  return { tasks, alive, dead: tasks - alive - single, single, good, bad: measured - good, pairs: { bestWorst, all } };
}

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
