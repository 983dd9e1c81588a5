import { lengthFor } from '../../length.ts';
import { gymMeta } from '../../metadata.ts';
import { rolloutSampling } from '../../sampling-options.ts';
import {
  endingOption,
  formatOption,
  lengthOptions,
  metaOption,
  parallelOption,
  reasoningOption,
  systemOptions,
  toolsOption,
} from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { conversationFault } from '../check-conversation.ts';
import { trainingConversation } from '../conversation-row.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { exactRow } from '../exact.ts';
import { maxLength, trlColumns, trlConfig, trlFormat } from './config.ts';
import { loaderWarnings } from '../warnings.ts';
import { trl } from './framework.ts';

/** TRL's SFTTrainer on `messages` (and `tools`): one conversation a row, arguments as objects. */
export const trlSft: Target = {
  info: {
    target: 'trl/sft',
    framework: trl,
    method: { id: 'sft', title: 'SFT', about: 'Supervised fine-tuning on whole conversations; the loss is on what the assistant said.' },
    cells: [{ column: 'sft' }],
    writes: 'messages, tools · Parquet',
    needs: ['an assistant message', 'tool calls whose arguments are JSON objects', 'text only: no images'],
    files: [
      { name: 'train.parquet', about: 'One conversation a row: messages and tools as lists of JSON.' },
      { name: 'sft.yaml', about: 'Configuration for trl sft, with a length that does not cut silently at 1024 tokens.' },
      dataCardFile,
    ],
    command: 'trl sft --config sft.yaml --model_name_or_path MODEL --output_dir OUT',
    notes: [
      'Parquet holds every number, date and null of tool arguments as it was; datasets reads floats back to the 16th digit. Of JSON lines it reads floats rounded to 10 decimals.',
      'assistant_only_loss needs a chat template with generation marks: TRL swaps one in for the families it knows (Qwen, Nemotron, gpt-oss, GLM); Llama 3.1 has none.',
      'Several calls in one message: Llama 3.1 and 3.2 templates refuse them, gpt-oss keeps the first.',
      'Whole numbers beyond 64 bits are written as texts.',
    ],
    options: [
      reasoningOption,
      toolsOption,
      ...systemOptions,
      endingOption,
      parallelOption,
      metaOption,
      formatOption,
      ...lengthOptions('TRL cuts longer rows without a word.'),
      ...rolloutSampling,
    ],
  },
  warnings: loaderWarnings,
  unit: () => 'rollout',

  map(rollout, settings) {
    const made = trainingConversation(rollout, settings, { media: false });
    if (typeof made === 'string') return made;
    const { messages, tools, shape } = made;
    const meta = settings.flag('meta') ? gymMeta(rollout) : undefined;
    return exactRow({ messages, tools: tools.length > 0 ? tools : undefined, gym_meta: meta }, shape);
  },

  format: trlFormat,
  columns: (settings, seen) => trlColumns(['messages'], settings, seen),

  helpers: (files, settings, { longest }) => ({
    'sft.yaml': trlConfig('sft', files, [
      ...maxLength(lengthFor(settings, longest), 'cuts what is over'),
      '# Learn from what the assistant said only: text, reasoning and calls, never tool outputs.',
      'assistant_only_loss: true',
    ]),
    ...dataCard(files, 'Conversations for TRL SFT: `messages`, `tools`.'),
  }),

  check: (row) => conversationFault(row, { media: false, columns: ['tools', 'gym_meta'] }),
};
