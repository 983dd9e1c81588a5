import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import { customMap } from './frameworks/custom/map.ts';
import { customRollouts } from './frameworks/custom/rollouts.ts';
import { customOpenAiChat } from './frameworks/custom/openai-chat.ts';
import { customShareGpt } from './frameworks/custom/sharegpt.ts';
import { nemoRlSft } from './frameworks/nemo-rl/sft.ts';
import { openRlhfSft } from './frameworks/openrlhf/sft.ts';
import { trlSft } from './frameworks/trl/sft.ts';
import { trlSftPromptCompletion } from './frameworks/trl/sft-prompt-completion.ts';
import { verlSft } from './frameworks/verl/sft.ts';
import type { Target } from './types.ts';

/** Every target there is, in the order in which they are offered: framework after framework, as in the grid. */
export const targets: readonly Target[] = [
  nemoRlSft,
  verlSft,
  openRlhfSft,
  trlSft,
  trlSftPromptCompletion,
  customMap,
  customOpenAiChat,
  customShareGpt,
  customRollouts,
];

/** The target of an id such as `trl/sft`. Fails with bad-input, naming what comes nearest. */
export function targetOf(id: string): Target {
  const found = targets.find(({ info }) => info.target === id);
  if (found) return found;
  const ids = targets.map(({ info }) => info.target);
  const suggestions = nearestNames(id, ids);
  const hint = suggestions.length > 0 ? `Did you mean ${suggestions.join(' or ')}?` : `There are ${ids.join(', ')}.`;
  throw new AppError('bad-input', `There is no target ${id}. ${hint}`, { suggestions });
}
