import type { JsonObject } from '#shared/model/json.ts';
import type { TargetOption } from '#shared/model/target.ts';
import { gymMeta } from '../metadata.ts';
import type { ReasonId } from '../reasons.ts';
import { rewardOptions } from '../reward.ts';
import type { Rollout } from '../rollout.ts';
import type { Settings } from '../settings.ts';
import {
  endingOption,
  metaOption,
  parallelOption,
  reasoningOption,
  systemOptions,
  toolsAsTextOption,
  toolsOption,
} from '../shared-options.ts';
import { type Example, type Fields, type Mapped, Trait } from '../types.ts';
import { trainingAnswer } from './conversation-row.ts';
import { exactRow } from './exact.ts';

/** What pairs of conversations with tools take. */
export const pairNeeds: readonly string[] = [
  'another rollout of the task, asked the same, with another reward',
  'a prompt that ends with a user or a tool',
  'an assistant message',
  'tool calls whose arguments are JSON objects',
  'text only: no images',
];

/** Mapping options of targets whose rows have a prompt and answers. `template`: whether the trainer passes tools to the chat template. */
export function answerOptions({ template }: { readonly template: boolean }): readonly TargetOption[] {
  return [reasoningOption, template ? toolsOption : toolsAsTextOption, ...systemOptions, endingOption, parallelOption, metaOption];
}

/**
 * What a rollout gives to a row of a prompt and answers: `prompt`, `completion`, `tools` where it has some, `gym_meta` where it is
 * wanted. Two of them make a pair when prompt and tools are the same.
 */
export function answerPart(rollout: Rollout, settings: Settings): Mapped | ReasonId {
  const made = trainingAnswer(rollout, settings, { media: false });
  if (typeof made === 'string') return made;
  const { prompt, completion, tools, shape } = made;
  const fields = {
    prompt,
    completion,
    tools: tools.length > 0 ? tools : undefined,
    gym_meta: settings.flag('meta') ? gymMeta(rollout) : undefined,
  };
  const traits = completion.length > 1 ? shape | Trait.severalMessages : shape;
  return exactRow(fields, traits, { request: [prompt, tools], answer: completion });
}

/** What both sides of a pair share, and where they came from. */
export function sharedFields([chosen, rejected]: readonly Fields[]): Fields {
  const { tools, gym_meta: meta } = chosen ?? {};
  return {
    ...(tools !== undefined && { tools }),
    ...(typeof meta === 'string' && { gym_meta: `{"chosen":${meta},"rejected":${String(rejected?.['gym_meta'])}}` }),
  };
}

const marginOption: TargetOption = {
  key: 'margin-column',
  step: 'mapping',
  title: 'Margin',
  help: 'Adds the column margin: by how much the chosen rollout is better. The loss then asks for scores that far apart.',
  kind: 'boolean',
  default: false,
};

export const marginOptions: readonly TargetOption[] = [
  marginOption,
  ...rewardOptions('margin, the difference of both rewards', { key: 'margin-column', values: ['true'] }),
];

/** The column `margin`; 0 where a pair chosen by hand has no values. */
export function marginField({ margin = 0 }: Example, settings: Settings): Fields {
  return settings.flag('margin-column') ? { margin: Number.isFinite(margin) ? margin : 0 } : {};
}

export function marginFault({ margin }: JsonObject, settings: Settings): string | undefined {
  return settings.flag('margin-column') === (typeof margin === 'number') ? undefined : 'margin is no number in every row';
}

/** What a data card says of the column `margin`. */
export function marginNote(reward: string): string {
  return reward === '' ? '' : `\`margin\` is the reward of chosen minus that of rejected. ${reward}`;
}
