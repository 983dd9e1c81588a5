import { answerChats, trlAnswers } from '../../lessons/index.ts';
import { pairSampling } from '../../sampling-options.ts';
import { formatOption, lengthOptions } from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { answerFault, sameFault } from '../check-conversation.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { imageNotes, imagesFile, imagesNeed, imagesOption, withoutTools } from '../images.ts';
import { answerMedia, answerOptions, answerPart, pairNeeds, sharedFields } from '../pair-row.ts';
import { imagesColumn, maxLength, trlColumns, trlConfig, trlFormat, visionNote, visionWarning } from './config.ts';
import { loaderWarnings, toolOutputWarning } from '../warnings.ts';
import { trl } from './framework.ts';

/** TRL's DPOTrainer on an explicit prompt: what both rollouts say alike is trained as well, as an implicit prompt would not. */
export const trlDpo: Target = {
  info: {
    target: 'trl/dpo',
    framework: trl,
    method: { id: 'dpo', title: 'DPO', about: 'Preference pairs: a better and a worse answer to the same prompt.' },
    cells: [{ column: 'dpo' }],
    writes: 'prompt, chosen, rejected, tools · Parquet',
    needs: [...pairNeeds, imagesNeed],
    files: [
      { name: 'train.parquet', about: 'One pair a row: prompt, chosen and rejected as lists of JSON.' },
      { name: 'dpo.yaml', about: 'Configuration for trl dpo, with a length that drops nothing silently at 1024 tokens.' },
      dataCardFile,
      imagesFile,
    ],
    command: 'trl dpo --config dpo.yaml --model_name_or_path MODEL --output_dir OUT',
    cutsAt: 1024,
    notes: [
      'Everything behind the prompt bears the loss, tool outputs too: DPO has no mask of the assistant’s words.',
      'Whole numbers beyond 64 bits are written as texts.',
      visionNote,
    ],
    options: [
      ...answerOptions({ template: true }),
      imagesOption,
      formatOption,
      ...lengthOptions('TRL drops pairs with a longer prompt and cuts longer answers without a word.'),
      ...pairSampling,
    ],
  },
  warnings: (settings) => [...loaderWarnings(settings), toolOutputWarning, visionWarning],
  unit: () => 'pair',
  map: answerPart,
  media: answerMedia,

  join(parts) {
    const [chosen, rejected] = parts;
    return { prompt: chosen?.['prompt'], chosen: chosen?.['completion'], rejected: rejected?.['completion'], ...sharedFields(parts) };
  },

  lesson: (parts, _settings, seen) => ({
    loss: 'tokens',
    chats: answerChats(withoutTools(parts, seen)),
    method: trlAnswers,
    notes: imageNotes(seen),
  }),

  format: trlFormat,
  columns: (settings, seen) => trlColumns(['prompt', 'chosen', 'rejected'], settings, seen),

  helpers: (files, settings, facts) => ({
    'dpo.yaml': trlConfig('dpo', files, maxLength(settings, facts, 'drops or cuts them')),
    ...dataCard(files, `Pairs for TRL DPO: \`prompt\`, \`chosen\`, \`rejected\`, \`tools\`${imagesColumn(facts.seen)}.`),
  }),

  check: (row) => answerFault(row, ['chosen', 'rejected'], ['tools', 'gym_meta']) ?? sameFault(row['chosen'], row['rejected']),
};
