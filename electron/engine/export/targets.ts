import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import { customArrow } from './frameworks/custom/arrow.ts';
import { customMap } from './frameworks/custom/map.ts';
import { customRollouts } from './frameworks/custom/rollouts.ts';
import { customOpenAiChat } from './frameworks/custom/openai-chat.ts';
import { customShareGpt } from './frameworks/custom/sharegpt.ts';
import { nemoRlDpo } from './frameworks/nemo-rl/dpo.ts';
import { nemoRlGrpoMath } from './frameworks/nemo-rl/grpo-math.ts';
import { nemoRlGrpo } from './frameworks/nemo-rl/grpo.ts';
import { nemoRlPreference } from './frameworks/nemo-rl/preference.ts';
import { nemoRlRm } from './frameworks/nemo-rl/rm.ts';
import { nemoRlSft } from './frameworks/nemo-rl/sft.ts';
import { openRlhfDpo } from './frameworks/openrlhf/dpo.ts';
import { openRlhfPpo } from './frameworks/openrlhf/ppo.ts';
import { openRlhfRm } from './frameworks/openrlhf/rm.ts';
import { openRlhfSft } from './frameworks/openrlhf/sft.ts';
import { trlSft } from './frameworks/trl/sft.ts';
import { trlDpo } from './frameworks/trl/dpo.ts';
import { trlGrpo } from './frameworks/trl/grpo.ts';
import { trlKto } from './frameworks/trl/kto.ts';
import { trlReward } from './frameworks/trl/reward.ts';
import { trlSftPromptCompletion } from './frameworks/trl/sft-prompt-completion.ts';
import { verlGym } from './frameworks/verl/gym.ts';
import { verlRl } from './frameworks/verl/rl.ts';
import { verlSft } from './frameworks/verl/sft.ts';
import type { Target } from './types.ts';

/** Every target there is, in the order in which they are offered: framework after framework, as in the grid. */
export const targets: readonly Target[] = [
  nemoRlSft,
  nemoRlDpo,
  nemoRlPreference,
  nemoRlRm,
  nemoRlGrpo,
  nemoRlGrpoMath,
  verlSft,
  verlRl,
  verlGym,
  openRlhfSft,
  openRlhfDpo,
  openRlhfRm,
  openRlhfPpo,
  trlSft,
  trlSftPromptCompletion,
  trlDpo,
  trlKto,
  trlReward,
  trlGrpo,
  customMap,
  customOpenAiChat,
  customShareGpt,
  customRollouts,
  customArrow,
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
