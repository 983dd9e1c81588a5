import { lengthFor } from '../../length.ts';
import { conversationChat, openRlhfTurns } from '../../lessons/index.ts';
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
  toolsAsTextOption,
} from '../../shared-options.ts';
import type { Target } from '../../types.ts';
import { conversationFault } from '../check-conversation.ts';
import { trainingConversation } from '../conversation-row.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { exactRow } from '../exact.ts';
import { trlColumns, trlFormat } from '../trl/config.ts';
import { openRlhfScript } from './config.ts';
import { loaderWarnings } from '../warnings.ts';
import { openRlhf } from './framework.ts';

/** OpenRLHF's SFTDataset in its multiturn mode (sft_dataset.py): every turn of the assistant is trained, tools never reach the template. */
export const openRlhfSft: Target = {
  info: {
    target: 'openrlhf/sft',
    framework: openRlhf,
    method: {
      id: 'sft',
      title: 'SFT',
      about: 'Supervised fine-tuning on whole conversations; the loss is on every turn of the assistant.',
    },
    cells: [{ column: 'sft' }],
    writes: 'messages · Parquet',
    needs: ['an assistant message, and one of another before it', 'tool calls whose arguments are JSON objects', 'text only: no images'],
    files: [
      { name: 'train.parquet', about: 'One conversation a row: messages as a list of JSON.' },
      { name: 'train.sh', about: 'The command, with a length that drops nothing.' },
      dataCardFile,
    ],
    command: 'sh train.sh MODEL OUT',
    notes: [
      'OpenRLHF passes no tools to the chat template: they stand in the system message, unless tools=drop.',
      'Templates whose prompt is no beginning of the longer text (Nemotron-3, DeepSeek, the original Qwen3 over several turns) shift the loss without an error.',
      'Whole numbers beyond 64 bits are written as texts.',
    ],
    options: [
      reasoningOption,
      toolsAsTextOption,
      ...systemOptions,
      endingOption,
      parallelOption,
      metaOption,
      formatOption,
      ...lengthOptions('OpenRLHF drops rows with a longer prompt and cuts longer answers without a word.'),
      ...rolloutSampling,
    ],
  },
  warnings: loaderWarnings,
  unit: () => 'rollout',

  map(rollout, settings) {
    const made = trainingConversation(rollout, settings, { media: false });
    if (typeof made === 'string') return made;
    const { messages, shape } = made;
    if (messages[0]?.role === 'assistant') return 'target/starts-with-assistant';
    return exactRow({ messages, gym_meta: settings.flag('meta') ? gymMeta(rollout) : undefined }, shape);
  },

  lesson: ([row = {}]) => ({ loss: 'tokens', chats: conversationChat(row), method: openRlhfTurns }),

  format: trlFormat,
  columns: (settings) => trlColumns(['messages'], settings, 0),

  helpers: (files, settings, { longest }) => ({
    'train.sh': openRlhfScript('train_sft', files, [
      '--data.input_key messages',
      '--data.apply_chat_template',
      '--data.multiturn',
      `--data.max_len ${lengthFor(settings, longest)}`,
    ]),
    ...dataCard(files, 'Conversations for OpenRLHF SFT: `messages`.'),
  }),

  check(row) {
    const [first] = Array.isArray(row['messages']) ? row['messages'] : [];
    const fault = conversationFault(row, { media: false, columns: ['gym_meta'] });
    if (fault !== undefined) return fault;
    return JSON.stringify(first).startsWith('{"role":"assistant"') ? 'the first message is the assistant’s' : undefined;
  },
};
