import type { Filter } from '#shared/model/query.ts';
import type { SelectionSummary } from '#shared/model/selection.ts';
import { countBits, filterBits, memo, rolloutBits } from '../query/index.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { hashIdentity, taskLikeness } from './identity.ts';
import { defaultPairs } from './pairs.ts';
import { passMarkOf, rankedTasks } from './ranked-tasks.ts';
import { SelectionTally } from './selection-tally.ts';

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
 * metric that the dataset does not have leaves every group without a signal. Without hashes of all rows no pairs are counted. Fails with bad-input on a wrong condition.
 */
export function summariseSelection(
  index: DatasetIndex,
  { filter, draft, metric, margin = defaultPairs.margin, passMark = passMarkOf(index, metric) }: SummaryRequest,
): { rows: number; before: SelectionSummary; after: SelectionSummary | null } {
  const of = { metric, margin, passMark };
  return {
    rows: countBits(rolloutBits(index)),
    before: summaryOf(index, { filter, role: 'filter', ...of }),
    after: draft.length > 0 ? summaryOf(index, { filter: [...filter, ...draft], role: 'draft', ...of }) : null,
  };
}

interface SummaryInput {
  readonly filter: Filter;
  readonly role: 'filter' | 'draft';
  readonly metric: string;
  readonly margin: number;
  readonly passMark: number;
}

const summaryOf = memo(
  8,
  (index: DatasetIndex, { filter, role, ...of }: SummaryInput): SelectionSummary => {
    const bits = filterBits(index, filter);
    const tally = selectionTally(index, { role, ...of });
    tally.follow(bits);
    return tally.summary();
  },
  JSON.stringify,
);

/** The one that follows the drafts is apart from the one that follows the filters, so that neither goes a long way. */
const selectionTally = memo(
  4,
  (index: DatasetIndex, { metric, margin, passMark }: Omit<SummaryInput, 'filter'>) =>
    new SelectionTally(index, rankedTasks(index, metric), {
      apart: index.isHashed ? { identity: hashIdentity(index), likeness: taskLikeness(index) } : undefined,
      margin,
      passMark,
    }),
  JSON.stringify,
);
