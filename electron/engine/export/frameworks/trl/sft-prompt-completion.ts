import { answerChats, trlAnswers, trlAssistantOfAnswer } from '../../lessons/index.ts';
import { rolloutSampling } from '../../sampling-options.ts';
import type { Target } from '../../types.ts';
import { answerFault } from '../check-conversation.ts';
import { dataCard } from '../data-card.ts';
import { hasImages, imageNotes, withoutTools } from '../images.ts';
import { answerMedia, answerPart } from '../pair-row.ts';
import { imagesColumn, maxLength, trlColumns, trlConfig, trlFormat, visionNote, visionWarning } from './config.ts';
import { loaderWarnings } from '../warnings.ts';
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
    needs: ['a prompt that ends with a user or a tool', ...trlSft.info.needs],
    notes: [
      'What an assistant said in the prompt is context without loss. For a loss on every turn export trl/sft.',
      'Without assistant_only_loss, which sft.yaml sets, tool outputs of the completion would be trained on as well.',
      ...trlSft.info.notes.slice(0, -1),
      `${visionNote} The loss is then on the whole completion, tool outputs too.`,
    ],
    options: [...trlSft.info.options.filter(({ step }) => step === 'mapping'), ...rolloutSampling],
  },

  warnings: (settings) => [...loaderWarnings(settings), visionWarning],

  map(rollout, settings) {
    const mapped = answerPart(rollout, settings);
    return typeof mapped === 'string' ? mapped : { content: mapped.content, shape: mapped.shape };
  },

  media: answerMedia,

  lesson: (parts, _settings, seen) => ({
    loss: 'tokens',
    chats: answerChats(withoutTools(parts, seen)),
    method: hasImages(seen) ? trlAnswers : trlAssistantOfAnswer,
    notes: imageNotes(seen),
  }),

  columns: (settings, seen) => trlColumns(['prompt', 'completion'], settings, seen),
  format: trlFormat,

  helpers: (files, settings, facts) => ({
    'sft.yaml': trlConfig('sft', files, [
      ...maxLength(settings, facts, 'cuts what is over'),
      'completion_only_loss: true',
      ...(hasImages(facts.seen) ? wholeLossLines : assistantLossLines),
    ]),
    ...dataCard(files, `Answers for TRL SFT: \`prompt\`, \`completion\`, \`tools\`${imagesColumn(facts.seen)}.`),
  }),

  check: (row) => answerFault(row, ['completion'], ['tools', 'gym_meta']),
};

const assistantLossLines = ['# Of the completion only what the assistant said, never tool outputs.', 'assistant_only_loss: true'];

/** sft_trainer.py refuses it for a vision set of prompts and completions. */
const wholeLossLines = ['# With images TRL cannot tell what the assistant said from tool outputs.', 'assistant_only_loss: false'];
