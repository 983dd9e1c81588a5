import { lengthFor } from '../../length.ts';
import { answerChats, openRlhfAnswers } from '../../lessons/index.ts';
import { pairSampling } from '../../sampling-options.ts';
import { formatOption, lengthOptions } from '../../shared-options.ts';
import type { Target, WrittenFiles } from '../../types.ts';
import { answerFault, sameFault } from '../check-conversation.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { answerOptions, answerPart, pairNeeds, sharedFields, textOnly } from '../pair-row.ts';
import { trlColumns, trlFormat } from '../trl/config.ts';
import { openRlhfScript } from './config.ts';
import { loaderWarnings, toolOutputWarning } from '../warnings.ts';
import { openRlhf } from './framework.ts';

/** Names that its own output columns (`prompt`, `chosen`) do not collide with: those would keep the type of the input. */
export const pairColumns = ['prompt_messages', 'chosen_messages', 'rejected_messages'] as const;

/** OpenRLHF's RewardDataset with an explicit prompt (reward_dataset.py). */
export const openRlhfDpo: Target = {
  info: {
    target: 'openrlhf/dpo',
    framework: openRlhf,
    method: { id: 'dpo', title: 'DPO', about: 'Preference pairs: a better and a worse answer to the same prompt.' },
    cells: [{ column: 'dpo' }],
    writes: 'prompt, chosen, rejected · Parquet',
    needs: [...pairNeeds, textOnly],
    files: [
      { name: 'train.parquet', about: 'One pair a row, each part a list of JSON.' },
      { name: 'train.sh', about: 'The command, with a length that drops nothing.' },
      dataCardFile,
    ],
    command: 'sh train.sh MODEL OUT',
    cutsAt: 512,
    notes: [
      'Every token behind the prompt bears the loss, tool outputs too.',
      'OpenRLHF passes no tools to the chat template: they stand in the system message, unless tools=drop.',
      'Whole numbers beyond 64 bits are written as texts.',
    ],
    options: [
      ...answerOptions({ template: false }),
      formatOption,
      ...lengthOptions('OpenRLHF drops pairs with a longer prompt and cuts longer answers without a word; its default is 512.'),
      ...pairSampling,
    ],
  },
  warnings: (settings) => [...loaderWarnings(settings), toolOutputWarning],
  unit: () => 'pair',
  map: answerPart,

  join(parts) {
    const [chosen, rejected] = parts;
    return {
      prompt_messages: chosen?.['prompt'],
      chosen_messages: chosen?.['completion'],
      rejected_messages: rejected?.['completion'],
      ...sharedFields(parts),
    };
  },

  lesson: (parts) => ({ loss: 'tokens', chats: answerChats(parts), method: openRlhfAnswers }),

  format: trlFormat,
  columns: (settings) => trlColumns(pairColumns, settings, 0),
  helpers: (files, settings, { longest }) => pairHelpers('train_dpo', files, lengthFor(settings, longest), []),

  check({ prompt_messages: prompt = null, chosen_messages: chosen = null, rejected_messages: rejected = null, ...row }) {
    return answerFault({ ...row, prompt, chosen, rejected }, ['chosen', 'rejected'], ['gym_meta']) ?? sameFault(chosen, rejected);
  },
};

export function pairHelpers(
  module: string,
  files: WrittenFiles,
  length: number,
  flags: readonly string[],
  more = '',
): Record<string, string> {
  const keys = pairColumns.map((name) => `--data.${name.replace('_messages', '_key')} ${name}`);
  return {
    'train.sh': openRlhfScript(module, files, [...keys, '--data.apply_chat_template', `--data.max_len ${length}`, ...flags]),
    ...dataCard(files, 'Pairs for OpenRLHF: `prompt_messages`, `chosen_messages`, `rejected_messages`.', more),
  };
}
