import type { Settings } from '../../settings.ts';
import { lengthFor } from '../../length.ts';
import { conversationChat, nemoRl as nemoRlText } from '../../lessons/index.ts';
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
import { type Target, Trait, type WrittenFiles } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { conversationFault } from '../check-conversation.ts';
import { trainingConversation } from '../conversation-row.ts';
import { dataPath, nemoRlConfig } from './config.ts';
import { nemoRlImages } from '../image-places.ts';
import { hasImages, imageNotes } from '../images.ts';
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
      'a vision model (run_vlm_sft.py), where rollouts have images; images=leave-out keeps them from a text model',
    ],
    files: [
      { name: 'train.jsonl', about: 'One conversation a line: messages, and tools where there are some.' },
      { name: 'sft.yaml', about: 'Configuration for run_sft.py, with the data in preserving mode and the chat template of the model.' },
    ],
    command: 'uv run examples/run_sft.py --config sft.yaml',
    notes: [
      'sft.yaml inherits from examples/configs/sft.yaml of your NeMo-RL checkout: write its path into the first line. Where rows have images it inherits from sft_vlm_3B.yaml, for run_vlm_sft.py.',
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
        help: 'Keep writes images that stand in the row (data: addresses) as parts of the content, as NeMo-RL reads them for vision models; nothing is ever fetched. For a text model leave such rollouts out.',
        kind: 'choice',
        choices: [
          { value: 'keep', title: 'Keep, inline' },
          { value: 'leave-out', title: 'Leave out' },
        ],
        default: 'keep',
      },
      metaOption,
      ...lengthOptions('NeMo-RL keeps longer rows with a loss of zero.'),
      ...rolloutSampling,
    ],
  },

  warnings: () => [...templateWarnings(), imageWarning],
  unit: () => 'rollout',

  map(rollout, settings) {
    const made = trainingConversation(rollout, settings, { media: keepsImages(settings) });
    if (typeof made === 'string') return made;
    const placed = nemoRlImages(made.messages);
    if (typeof placed === 'string') return placed;
    const { messages, images } = placed;
    const { tools } = made;
    const shape = images.length > 0 ? made.shape | Trait.images : made.shape;
    const content = {
      messages,
      ...(tools.length > 0 && { tools }),
      ...(settings.flag('meta') && { gym_meta: gymMeta(rollout) }),
    };
    return unsafeValue(content) ?? { content, shape };
  },

  lesson: ([row = {}], _settings, seen) => ({
    loss: 'tokens',
    chats: conversationChat(row),
    method: nemoRlText('assistant'),
    notes: [headerNote, ...imageNotes(seen)],
  }),

  format: () => jsonLines,
  columns: () => undefined,
  helpers: (files, settings, { longest, seen }) => ({ 'sft.yaml': sftYaml(files, lengthFor(settings, longest, seen), hasImages(seen)) }),
  check: (row, settings) => conversationFault(row, { media: keepsImages(settings), columns: ['tools', 'gym_meta'] }),
};

const imageWarning = {
  id: 'trainer/vision-model',
  title: 'Rows with images, which NeMo-RL reads by run_vlm_sft.py alone (images=leave-out)',
  bit: Trait.images,
};

const headerNote = 'NeMo-RL trains on the header of each answer too: sft.yaml leaves add_generation_prompt at false.';

function keepsImages(settings: Settings): boolean {
  return settings.choice('images', ['leave-out', 'keep']) === 'keep';
}

function sftYaml({ train, validation }: WrittenFiles, length: number, isVision: boolean): string {
  const split = (file: string): string => `{dataset_name: openai_format, data_path: ${dataPath(file)}, use_preserving_dataset: true}`;
  return nemoRlConfig(isVision ? 'sft_vlm_3B.yaml' : 'sft.yaml', length, {
    policy: [
      ...(isVision ? ['  # Rows have images: run examples/run_vlm_sft.py, with a vision model.'] : []),
      '  tokenizer: {chat_template: default} # the parent ships a template that knows no tools',
    ],
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
