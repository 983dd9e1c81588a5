import { answerChats, trlAnswers } from '../../lessons/index.ts';
import { labelSampling } from '../../sampling-options.ts';
import { formatOption, lengthOptions } from '../../shared-options.ts';
import type { Facts, Target } from '../../types.ts';
import { answerFault } from '../check-conversation.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { imageNotes, imagesFile, imagesNeed, imagesOption, withoutTools } from '../images.ts';
import { answerMedia, answerOptions, answerPart } from '../pair-row.ts';
import { imagesColumn, maxLength, trlColumns, trlConfig, trlFormat, visionNote, visionWarning } from './config.ts';
import { loaderWarnings, toolOutputWarning } from '../warnings.ts';
import { trl } from './framework.ts';

/** TRL's KTOTrainer: every rollout is good or bad, none needs a sibling. */
export const trlKto: Target = {
  info: {
    target: 'trl/kto',
    framework: trl,
    method: { id: 'kto', title: 'KTO', about: 'Single answers that are good or bad.' },
    cells: [{ column: 'kto' }],
    writes: 'prompt, completion, label, tools · Parquet',
    needs: [
      'a number to tell good from bad',
      'a prompt that ends with a user or a tool',
      'an assistant message',
      'tool calls whose arguments are JSON objects',
      imagesNeed,
    ],
    files: [
      { name: 'train.parquet', about: 'One answer a row: prompt and completion as lists of JSON, label true or false.' },
      { name: 'kto.yaml', about: 'Configuration for trl kto: a length that drops nothing, weights that balance good and bad.' },
      dataCardFile,
      imagesFile,
    ],
    command: 'trl kto --config kto.yaml --model_name_or_path MODEL --output_dir OUT',
    cutsAt: 1024,
    notes: [
      'Its KL term pairs neighbours in a batch: rows are shuffled, and a batch must hold several.',
      'Everything behind the prompt bears the loss, tool outputs too.',
      'Whole numbers beyond 64 bits are written as texts.',
      visionNote,
    ],
    options: [
      ...answerOptions({ template: true }),
      imagesOption,
      formatOption,
      ...lengthOptions('TRL drops rows with a longer prompt and cuts longer answers without a word.'),
      ...labelSampling.map((option) => (option.key === 'shuffle' ? { ...option, default: true } : option)),
    ],
  },
  warnings: (settings) => [...loaderWarnings(settings), toolOutputWarning, visionWarning],
  unit: () => 'label',
  map: answerPart,
  media: answerMedia,
  join: ([part = {}], { good = false }) => ({ ...part, label: good }),

  lesson: (parts, _settings, seen) => ({
    loss: 'tokens',
    chats: answerChats(withoutTools(parts, seen)),
    method: trlAnswers,
    notes: imageNotes(seen),
  }),

  format: trlFormat,
  columns: (settings, seen) => trlColumns(['prompt', 'completion'], settings, seen, [{ name: 'label', kind: 'boolean' }]),

  helpers: (files, settings, facts) => ({
    'kto.yaml': trlConfig('kto', files, [
      ...maxLength(settings, facts, 'drops or cuts them'),
      'per_device_train_batch_size: 8 # several: the KL term pairs neighbours',
      ...weights(facts),
    ]),
    ...dataCard(files, `Labelled answers for TRL KTO: \`prompt\`, \`completion\`, \`label\`, \`tools\`${imagesColumn(facts.seen)}.`),
  }),

  check: ({ label, ...row }) =>
    answerFault(row, ['completion'], ['tools', 'gym_meta']) ?? (typeof label === 'boolean' ? undefined : 'label is not true or false'),
};

/** The larger class keeps the weight 1, so that both weigh the same in sum (equation 8 of the KTO paper, at its ratio 1). */
function weights({ good, bad }: Facts): string[] {
  if (good === 0 || bad === 0) return [`# All of the ${good + bad} rows have one label: there is nothing to balance.`];
  return [
    `# ${good} good, ${bad} bad: weighted to the same sum.`,
    `desirable_weight: ${rounded(Math.max(1, bad / good))}`,
    `undesirable_weight: ${rounded(Math.max(1, good / bad))}`,
  ];
}

function rounded(weight: number): string {
  const text = String(Math.round(weight * 1000) / 1000);
  return text.includes('.') ? text : `${text}.0`;
}
