import { isJsonObject } from '#shared/model/json.ts';
import { answerChats, trlScore } from '../../lessons/index.ts';
import { pairSampling } from '../../sampling-options.ts';
import { formatOption, lengthOptions } from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { conversationFault, foreignColumn, sameFault } from '../check-conversation.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { answerOptions, answerPart, marginFault, marginField, marginNote, marginOptions, pairNeeds, sharedFields } from '../pair-row.ts';
import { maxLength, trlColumns, trlConfig, trlFormat } from './config.ts';
import { loaderWarnings } from '../warnings.ts';
import { trl } from './framework.ts';
import { trlDpo } from './dpo.ts';

/** TRL's RewardTrainer: whole conversations, prompt included, one better than the other. */
export const trlReward: Target = {
  info: {
    ...trlDpo.info,
    target: 'trl/reward',
    framework: trl,
    method: {
      id: 'reward',
      title: 'Reward model',
      about: 'A better and a worse conversation from the same prompt, to learn a score from.',
    },
    cells: [{ column: 'rm' }],
    needs: [...pairNeeds, 'text only: RewardTrainer reads no images'],
    writes: 'chosen, rejected, tools · Parquet',
    files: [
      { name: 'train.parquet', about: 'One pair a row: chosen and rejected as whole conversations, lists of JSON.' },
      { name: 'reward.yaml', about: 'Configuration for trl reward, with a length that drops nothing silently at 1024 tokens.' },
      dataCardFile,
    ],
    command: 'trl reward --config reward.yaml --model_name_or_path MODEL --output_dir OUT',
    cutsAt: 1024,
    notes: ['The score is read at the last token, whoever said it.', 'Whole numbers beyond 64 bits are written as texts.'],
    options: [
      ...answerOptions({ template: true }),
      ...marginOptions,
      formatOption,
      ...lengthOptions('TRL drops pairs with a longer side without a word.'),
      ...pairSampling,
    ],
  },
  warnings: loaderWarnings,
  unit: () => 'pair',
  writesReward: (settings) => settings.flag('margin-column'),
  map: answerPart,

  join(parts, example, settings) {
    const [chosen, rejected] = parts.map(({ prompt, completion }) => [prompt, completion].flat());
    return { chosen, rejected, ...sharedFields(parts), ...marginField(example, settings) };
  },

  lesson: (parts) => ({ loss: 'score', chats: answerChats(parts), method: trlScore }),

  format: trlFormat,
  columns: (settings, seen) =>
    trlColumns(['chosen', 'rejected'], settings, seen, settings.flag('margin-column') ? [{ name: 'margin', kind: 'number' }] : []),

  helpers: (files, settings, facts) => ({
    'reward.yaml': trlConfig('reward', files, maxLength(settings, facts, 'drops them')),
    ...dataCard(files, 'Pairs for a reward model in TRL: `chosen`, `rejected`, `tools`.', marginNote(facts.reward)),
  }),

  check(row, settings) {
    const { chosen, rejected, tools, gym_meta: meta } = row;
    const sides = [chosen, rejected].map((messages) =>
      conversationFault(
        { messages: messages ?? null, tools: tools ?? null, ...(meta !== undefined && { gym_meta: meta }) },
        { media: false, columns: ['tools', 'gym_meta'] },
      ),
    );
    return (
      foreignColumn(row, ['chosen', 'rejected', 'tools', 'margin', 'gym_meta']) ??
      sides.find((fault) => fault !== undefined) ??
      samePrompt(chosen, rejected) ??
      sameFault(chosen, rejected) ??
      marginFault(row, settings)
    );
  },
};

function samePrompt(chosen: unknown, rejected: unknown): string | undefined {
  const [one, two] = [chosen, rejected].map((side) =>
    (Array.isArray(side) ? side : []).filter((each) => isJsonObject(each) && each['role'] !== 'assistant'),
  );
  return JSON.stringify(one?.[0]) === JSON.stringify(two?.[0]) ? undefined : 'chosen and rejected begin otherwise';
}
