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
import { type Answer, trainingAnswer } from './conversation-row.ts';
import { exactRow } from './exact.ts';
import { type Placed, trlImages } from './image-places.ts';
import { imageFiles, imageRef, type MediaFile, takesImages } from './images.ts';

/** What pairs of conversations with tools take, but for images. */
export const pairNeeds: readonly string[] = [
  'another rollout of the task, asked the same, with another reward',
  'a prompt that ends with a user or a tool',
  'an assistant message',
  'tool calls whose arguments are JSON objects',
];
export const textOnly = 'text only: no images';

/** Mapping options of targets whose rows have a prompt and answers. `template`: whether the trainer passes tools to the chat template. */
export function answerOptions({ template }: { readonly template: boolean }): readonly TargetOption[] {
  return [reasoningOption, template ? toolsOption : toolsAsTextOption, ...systemOptions, endingOption, parallelOption, metaOption];
}

/**
 * What a rollout gives to a row of a prompt and answers: `prompt`, `completion`, `tools` where it has some, `gym_meta` where it is
 * wanted. Two of them make a pair when prompt and tools are the same.
 */
export function answerPart(rollout: Rollout, settings: Settings): Mapped | ReasonId {
  const made = answerWithImages(rollout, settings);
  if (typeof made === 'string') return made;
  const { messages: prompt, named, completion, tools, shape } = made;
  const fields = {
    prompt,
    completion,
    tools: tools.length > 0 ? tools : undefined,
    images: takesImages(settings) ? named.map((image) => imageRef(image, settings)) : undefined,
    gym_meta: settings.flag('meta') ? gymMeta(rollout) : undefined,
  };
  const traits = completion.length > 1 ? shape | Trait.severalMessages : shape;
  // Places of images are all alike: which ones were asked about tells their names.
  const request = [prompt, tools, named.map(({ name }) => name)];
  return exactRow(fields, traits, { request, answer: completion });
}

/** An answer whose prompt may show images, as TRL takes them: of an answer, or the output of a tool, it reads none. */
function answerWithImages(rollout: Rollout, settings: Settings): (Answer & Placed) | ReasonId {
  const made = trainingAnswer(rollout, settings, { media: takesImages(settings) });
  if (typeof made === 'string') return made;
  const placed = trlImages(made.prompt, settings, 'prompt');
  if (typeof placed === 'string') return placed;
  if (made.completion.some(({ content }) => typeof content !== 'string')) return 'target/image-place';
  return { ...made, ...placed, shape: placed.images.length > 0 ? made.shape | Trait.images : made.shape };
}

/** The images of a prompt, for targets with the option. */
export function answerMedia(rollout: Rollout, settings: Settings): readonly MediaFile[] {
  const made = answerWithImages(rollout, settings);
  return typeof made === 'string' ? [] : imageFiles(made.images, settings);
}

/** What both sides of a pair share, and where they came from. */
export function sharedFields([chosen, rejected]: readonly Fields[]): Fields {
  const { tools, images, gym_meta: meta } = chosen ?? {};
  return {
    ...(tools !== undefined && { tools }),
    ...(images !== undefined && { images }),
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
