import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import { customMap } from './frameworks/custom/map.ts';
import { customRollouts } from './frameworks/custom/rollouts.ts';
import { nemoRlSft } from './frameworks/nemo-rl/sft.ts';
import { trlSft } from './frameworks/trl/sft.ts';
import type { Target } from './types.ts';

/** Every target there is, in the order in which they are offered. */
export const targets: readonly Target[] = [trlSft, nemoRlSft, customMap, customRollouts];

/** The target of an id such as `trl/sft`. Fails with bad-input, naming what comes nearest. */
export function targetOf(id: string): Target {
  const found = targets.find(({ info }) => info.target === id);
  if (found) return found;
  const ids = targets.map(({ info }) => info.target);
  const suggestions = nearestNames(id, ids);
  const hint = suggestions.length > 0 ? `Did you mean ${suggestions.join(' or ')}?` : `There are ${ids.join(', ')}.`;
  throw new AppError('bad-input', `There is no target ${id}. ${hint}`, { suggestions });
}
