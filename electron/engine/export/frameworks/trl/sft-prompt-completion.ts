import { lengthFor } from '../../length.ts';
import { gymMeta } from '../../metadata.ts';
import { rolloutSampling } from '../../sampling-options.ts';
import type { Target } from '../../types.ts';
import { answerFault } from '../check-conversation.ts';
import { trainingAnswer } from '../conversation-row.ts';
import { dataCard } from '../data-card.ts';
import { exactRow } from '../exact.ts';
import { maxLength, trlColumns, trlConfig, trlFormat } from './config.ts';
import { trlSft } from './sft.ts';

/** TRL's SFTTrainer on `prompt` and `completion`: the loss is on the answer alone, also of earlier turns of the assistant nothing is learned. */
export const trlSftPromptCompletion: Target = {
  ...trlSft,
  info: {
    ...trlSft.info,
    target: 'trl/sft-prompt-completion',
    method: {
      id: 'sft-prompt-completion',
      title: 'SFT by completion',
      about: 'Supervised fine-tuning on the response; the loss is on what the assistant said in it.',
    },
    writes: 'prompt, completion, tools · Parquet',
    files: trlSft.info.files.slice(0, -1),
    needs: ['a prompt that ends with a user or a tool', ...trlSft.info.needs.slice(0, -1), 'text only: no images'],
    notes: [
      'What an assistant said in the prompt is context without loss. For a loss on every turn export trl/sft.',
      'Without assistant_only_loss, which sft.yaml sets, tool outputs of the completion would be trained on as well.',
      ...trlSft.info.notes.slice(0, -1),
    ],
    options: [...trlSft.info.options.filter(({ step, key }) => step === 'mapping' && key !== 'images'), ...rolloutSampling],
  },

  map(rollout, settings) {
    const made = trainingAnswer(rollout, settings, { media: false });
    if (typeof made === 'string') return made;
    const { prompt, completion, tools, shape } = made;
    const meta = settings.flag('meta') ? gymMeta(rollout) : undefined;
    return exactRow({ prompt, completion, tools: tools.length > 0 ? tools : undefined, gym_meta: meta }, shape);
  },

  media: () => [],
  columns: (settings, seen) => trlColumns(['prompt', 'completion'], settings, seen),
  format: trlFormat,

  helpers: (files, settings, { longest }) => ({
    'sft.yaml': trlConfig('sft', files, [
      ...maxLength(lengthFor(settings, longest), 'cuts what is over'),
      'completion_only_loss: true',
      '# Of the completion only what the assistant said, never tool outputs.',
      'assistant_only_loss: true',
    ]),
    ...dataCard(files, 'Answers for TRL SFT: `prompt`, `completion`, `tools`.'),
  }),

  check: (row) => answerFault(row, ['completion'], ['tools', 'gym_meta']),
};
