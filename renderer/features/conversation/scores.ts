import type { RolloutDetail } from '#shared/model/rollout.ts';
import { cellText } from './cell-text.ts';
import type { Score } from './ScoreLine.tsx';

type Rollout = Extract<RolloutDetail, { kind: 'rollout' }>;

/** Said by the title, by the position, or by the transcript itself. */
const shownElsewhere = new Set(['line', 'file', 'task', 'rollout', 'agent', 'prompt', 'answer', '_ng_task_index', '_ng_rollout_index']);

/** The scalar fields worth a place in the header: short, and not said elsewhere. */
export function headerScores(detail: Rollout, metric: string): Score[] {
  return detail.fields.filter(({ name, value }) => name !== metric && !shownElsewhere.has(name) && isShort(value));
}

function isShort(value: Score['value']): boolean {
  const text = cellText(value);
  return text.length <= 32 && !text.includes('\n');
}
