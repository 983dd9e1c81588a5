import { gymMeta } from '../../metadata.ts';
import { endingOption, metaOption, reasoningOption, samplingOptions, systemOption, toolsOption } from '../../shared-options.ts';
import { hasLoneSurrogate, withoutHugeIntegers } from '../../text-safety.ts';
import { Shape, type Target } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { parquet } from '../../writers/parquet.ts';
import { conversationFault } from '../check-conversation.ts';
import { trainingConversation } from '../conversation-row.ts';
import { trl } from './framework.ts';

/** TRL's SFTTrainer on `messages` (and `tools`): one conversation a row, arguments as objects. */
export const trlSft: Target = {
  info: {
    target: 'trl/sft',
    framework: trl,
    method: { id: 'sft', title: 'SFT', about: 'Supervised fine-tuning on whole conversations; the loss is on what the assistant said.' },
    writes: 'messages, tools · Parquet or JSON lines',
    needs: ['an assistant message', 'tool calls whose arguments are JSON objects', 'text only: no images'],
    files: [
      { name: 'train.parquet', about: 'One conversation a row: messages and tools as lists of JSON.' },
      { name: 'sft.yaml', about: 'Configuration for trl sft, with a length that does not cut silently at 1024 tokens.' },
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
      systemOption,
      endingOption,
      metaOption,
      {
        key: 'format',
        step: 'mapping',
        title: 'File format',
        help: 'Parquet is exact. JSON lines can be read by eye and by everything else.',
        kind: 'choice',
        choices: [
          { value: 'parquet', title: 'Parquet' },
          { value: 'jsonl', title: 'JSON lines' },
        ],
        default: 'parquet',
      },
      {
        key: 'max-length',
        step: 'mapping',
        title: 'Longest row, in tokens',
        help: 'Written into sft.yaml as max_length. TRL cuts longer rows without a word; its own default is 1024.',
        kind: 'integer',
        min: 1,
        max: 10_000_000,
        default: 8192,
      },
      ...samplingOptions,
    ],
  },

  map(rollout, settings) {
    const made = trainingConversation(rollout, settings, { media: false });
    if (typeof made === 'string') return made;
    const { messages, tools, shape } = made;
    const content = {
      messages: withoutHugeIntegers(messages),
      ...(tools.length > 0 && { tools: withoutHugeIntegers(tools) }),
      ...(settings.flag('meta') && { gym_meta: gymMeta(rollout) }),
    };
    return hasLoneSurrogate(content) ? 'mapping/lone-surrogate' : { content, shape };
  },

  format: (settings) => (settings.choice('format', ['parquet', 'jsonl']) === 'parquet' ? parquet : jsonLines),

  columns: (settings, seen) => [
    { name: 'messages', kind: 'json-list' },
    ...((seen & Shape.tools) > 0 ? [{ name: 'tools', kind: 'json-list' } as const] : []),
    ...(settings.flag('meta') ? [{ name: 'gym_meta', kind: 'text' } as const] : []),
  ],

  helpers: ({ folder, train, validation }, settings) => ({
    'sft.yaml': sftYaml({ folder, train, validation }, settings.number('max-length')),
  }),

  check: (row) => conversationFault(row, { media: false, columns: ['tools', 'gym_meta'] }),
};

/**
 * TRL's own loaders take either a list of files, all of them for training, or a folder whose files are named after their
 * splits (trl/scripts/utils.py, get_dataset): the folder form is the one that knows validation.
 */
function sftYaml(
  { folder, train, validation }: { folder: string; train: string; validation: string | undefined },
  maxLength: number,
): string {
  const loader = train.endsWith('.parquet') ? 'parquet' : 'json';
  const data =
    validation === undefined
      ? ['datasets:', `  - {path: ${loader}, data_files: ${JSON.stringify(train)}, split: train}`]
      : [`dataset_name: ${JSON.stringify(folder)}`, 'dataset_train_split: train', 'dataset_test_split: validation', 'eval_strategy: epoch'];
  return [
    '# trl sft --config sft.yaml --model_name_or_path MODEL --output_dir OUT',
    ...data,
    '# Longer rows are cut without a word; the default would be 1024.',
    `max_length: ${maxLength}`,
    '# Learn from what the assistant said only: text, reasoning and calls, never tool outputs.',
    'assistant_only_loss: true',
    '',
  ].join('\n');
}
