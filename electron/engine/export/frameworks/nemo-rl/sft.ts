import type { Settings } from '../../settings.ts';
import { lengthFor } from '../../length.ts';
import { gymMeta } from '../../metadata.ts';
import { rolloutSampling } from '../../sampling-options.ts';
import {
  endingOption,
  lengthOptions,
  metaOption,
  parallelOption,
  reasoningOption,
  systemOptions,
  toolsOption,
} from '../../shared-options.ts';
import { unsafeValue } from '../../text-safety.ts';
import type { Target, WrittenFiles } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { conversationFault } from '../check-conversation.ts';
import { trainingConversation } from '../conversation-row.ts';
import { dataPath, nemoRlConfig } from './config.ts';
import { templateWarnings } from '../warnings.ts';
import { nemoRl } from './framework.ts';

/**
 * NeMo-RL's `openai_format` in its preserving mode: each line is read as it is (oai_format_dataset.py), so numbers of any size
 * are exact, and a row without tools has no `tools` key: some templates print a preamble for an empty list.
 */
export const nemoRlSft: Target = {
  info: {
    target: 'nemo-rl/sft',
    framework: nemoRl,
    method: { id: 'sft', title: 'SFT', about: 'Supervised fine-tuning on whole conversations; the loss is on the assistant messages.' },
    cells: [{ column: 'sft' }],
    writes: 'messages, tools · JSON lines',
    needs: [
      'an assistant message',
      'tool calls whose arguments are JSON objects',
      'a vision model, where rollouts have images; images=leave-out keeps them from a text model',
    ],
    files: [
      { name: 'train.jsonl', about: 'One conversation a line: messages, and tools where there are some.' },
      { name: 'sft.yaml', about: 'Configuration for run_sft.py, with the data in preserving mode and the chat template of the model.' },
    ],
    command: 'uv run examples/run_sft.py --config sft.yaml',
    notes: [
      'sft.yaml inherits from examples/configs/sft.yaml of your NeMo-RL checkout: write its path into the first line.',
      'The last message of every row is the assistant’s: NeMo-RL asserts it.',
      'Parallel tool outputs: Qwen and Nemotron templates merge them, and NeMo-RL then puts a stray end mark between them.',
      'Rows longer than max_total_sequence_length would stay in the data with a loss of zero: sft.yaml sets it so that none is.',
    ],
    options: [
      reasoningOption,
      toolsOption,
      ...systemOptions,
      endingOption,
      parallelOption,
      {
        key: 'images',
        step: 'mapping',
        title: 'Rollouts with images',
        help: 'Keep writes such content as a list of parts, as the vision models of NeMo-RL read it. For a text model leave them out.',
        kind: 'choice',
        choices: [
          { value: 'keep', title: 'Keep' },
          { value: 'leave-out', title: 'Leave out' },
        ],
        default: 'keep',
      },
      metaOption,
      ...lengthOptions('NeMo-RL keeps longer rows with a loss of zero.'),
      ...rolloutSampling,
    ],
  },

  warnings: templateWarnings,
  unit: () => 'rollout',

  map(rollout, settings) {
    const made = trainingConversation(rollout, settings, { media: keepsImages(settings) });
    if (typeof made === 'string') return made;
    const { messages, tools, shape } = made;
    const content = {
      messages,
      ...(tools.length > 0 && { tools }),
      ...(settings.flag('meta') && { gym_meta: gymMeta(rollout) }),
    };
    return unsafeValue(content) ?? { content, shape };
  },

  format: () => jsonLines,
  columns: () => undefined,
  helpers: (files, settings, { longest }) => ({ 'sft.yaml': sftYaml(files, lengthFor(settings, longest)) }),
  check: (row, settings) => conversationFault(row, { media: keepsImages(settings), columns: ['tools', 'gym_meta'] }),
};

function keepsImages(settings: Settings): boolean {
  return settings.choice('images', ['leave-out', 'keep']) === 'keep';
}

function sftYaml({ train, validation }: WrittenFiles, length: number): string {
  const split = (file: string): string => `{dataset_name: openai_format, data_path: ${dataPath(file)}, use_preserving_dataset: true}`;
  return nemoRlConfig('sft.yaml', length, {
    policy: ['  tokenizer: {chat_template: default} # the parent ships a template that knows no tools'],
    data: [
      '  add_bos: true',
      '  add_eos: true',
      '  add_generation_prompt: false',
      `  train: ${split(train)}`,
      ...(validation === undefined ? [] : [`  validation: ${split(validation)}`]),
      '  default: {prompt_file: null, system_prompt_file: null, processor: sft_processor}',
    ],
  });
}
