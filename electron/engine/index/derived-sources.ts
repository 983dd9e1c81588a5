import type { ColumnSource } from '../scan/fields.ts';
import { factColumns } from '../scan/kernel-words.ts';

/** Columns derived from the scan, and where their values come from; `line`, `file` and `task` are made by others. */
export const derivedSources: ReadonlyMap<string, ColumnSource> = new Map([
  ['rollout', { scope: 'field', key: '_ng_rollout_index' }],
  ['tokens', { scope: 'usage', key: 'output_tokens' }],
  ['tokens_in', { scope: 'usage', key: 'input_tokens' }],
  ...['agent', 'status', 'truncated', 'incomplete_reason', ...factColumns].map((key): [string, ColumnSource] => [
    key,
    { scope: 'derived', key },
  ]),
]);
