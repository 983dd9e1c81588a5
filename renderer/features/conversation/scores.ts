import { derivedColumns } from '#shared/model/derived.ts';
import type { RolloutDetail } from '#shared/model/rollout.ts';
import { cellText } from './cell-text.ts';
import type { Score } from './ScoreLine.tsx';

type Rollout = Extract<RolloutDetail, { kind: 'rollout' }>;

/** Said by the title, by the position, or by the transcript itself. */
const shownElsewhere = new Set(['line', 'file', 'task', 'rollout', 'agent', 'prompt', 'answer', '_ng_task_index', '_ng_rollout_index']);

/** After what the verifier says: how the rollout went. */
const usual = ['turns', 'tools', 'tokens', 'status', 'model'];
const derived = new Set(derivedColumns.map(({ name }) => name));

/** The scalar fields worth a place in the header: short, not said elsewhere, and what only this verifier says first. */
export function headerScores(detail: Rollout, metric: string): Score[] {
  return detail.fields
    .filter(({ name, value }) => name !== metric && !shownElsewhere.has(name) && isShort(value))
    .sort((a, b) => rankOf(a.name) - rankOf(b.name));
}

/** Fields of the verifier, the usual ones, then what few look for: parts of other objects and what else can be counted. */
function rankOf(name: string): number {
  const at = usual.indexOf(name);
  if (at >= 0) return 1 + at;
  return derived.has(name) || name.includes('.') || name.startsWith('_') ? 1 + usual.length : 0;
}

function isShort(value: Score['value']): boolean {
  const text = cellText(value);
  return text.length <= 32 && !text.includes('\n');
}
