import { conversationChat, trlAll, trlAssistant } from '../../lessons/index.ts';
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
import type { ReasonId } from '../../reasons.ts';
import type { Rollout } from '../../rollout.ts';
import type { Settings } from '../../settings.ts';
import { type Target, Trait } from '../../types.ts';
import { conversationFault } from '../check-conversation.ts';
import { type TrainingConversation, trainingConversation } from '../conversation-row.ts';
import { dataCard, dataCardFile } from '../data-card.ts';
import { exactRow } from '../exact.ts';
import { type Placed, trlImages } from '../image-places.ts';
import {
  hasImages,
  imageNotes,
  imageFiles,
  imageRef,
  imagesFault,
  imagesFile,
  imagesNeed,
  imagesOption,
  takesImages,
  withoutTools,
} from '../images.ts';
import { imagesColumn, maxLength, trlColumns, trlConfig, trlFormat, visionNote } from './config.ts';
import { loaderWarnings } from '../warnings.ts';
import { trl } from './framework.ts';

const imageWarning = {
  id: 'trainer/images-all-text',
  title: 'Rows with images: TRL puts the loss on all text of such a file, and passes no tools to the template',
  bit: Trait.images,
};

/** TRL's SFTTrainer on `messages` (and `tools`): one conversation a row, arguments as objects. */
export const trlSft: Target = {
  info: {
    target: 'trl/sft',
    framework: trl,
    method: { id: 'sft', title: 'SFT', about: 'Supervised fine-tuning on whole conversations; the loss is on what the assistant said.' },
    cells: [{ column: 'sft' }],
    writes: 'messages, tools · Parquet',
    needs: ['an assistant message', 'tool calls whose arguments are JSON objects', imagesNeed],
    files: [
      { name: 'train.parquet', about: 'One conversation a row: messages and tools as lists of JSON.' },
      { name: 'sft.yaml', about: 'Configuration for trl sft, with a length that does not cut silently at 1024 tokens.' },
      dataCardFile,
      imagesFile,
    ],
    command: 'trl sft --config sft.yaml --model_name_or_path MODEL --output_dir OUT',
    cutsAt: 1024,
    notes: [
      'Parquet holds every number, date and null of tool arguments as it was; datasets reads floats back to the 16th digit. Of JSON lines it reads floats rounded to 10 decimals.',
      'assistant_only_loss needs a chat template with generation marks: TRL swaps one in for the families it knows (Qwen, Nemotron, gpt-oss, GLM); Llama 3.1 has none.',
      'Several calls in one message: Llama 3.1 and 3.2 templates refuse them, gpt-oss keeps the first.',
      'Whole numbers beyond 64 bits are written as texts.',
      `${visionNote} The loss is then on all text: its mask of the assistant’s words is displaced by images. trl/sft-prompt-completion has it on the answer.`,
    ],
    options: [
      reasoningOption,
      toolsOption,
      ...systemOptions,
      endingOption,
      parallelOption,
      imagesOption,
      metaOption,
      formatOption,
      ...lengthOptions('TRL cuts longer rows without a word.'),
      ...rolloutSampling,
    ],
  },
  warnings: (settings) => [...loaderWarnings(settings), imageWarning],
  unit: () => 'rollout',

  map(rollout, settings) {
    const made = conversationWithImages(rollout, settings);
    if (typeof made === 'string') return made;
    const { messages, tools, shape } = made;
    const images = takesImages(settings) ? made.named.map((image) => imageRef(image, settings)) : undefined;
    const meta = settings.flag('meta') ? gymMeta(rollout) : undefined;
    return exactRow({ messages, tools: tools.length > 0 ? tools : undefined, images, gym_meta: meta }, shape);
  },

  media(rollout, settings) {
    const made = conversationWithImages(rollout, settings);
    return typeof made === 'string' ? [] : imageFiles(made.images, settings);
  },

  lesson: (parts, _settings, seen) => ({
    loss: 'tokens',
    chats: withoutTools(parts, seen).flatMap(conversationChat),
    method: hasImages(seen) ? trlAll : trlAssistant,
    notes: imageNotes(seen),
  }),

  format: trlFormat,
  columns: (settings, seen) => trlColumns(['messages'], settings, seen),

  helpers: (files, settings, facts) => ({
    'sft.yaml': trlConfig('sft', files, [
      ...maxLength(settings, facts, 'cuts what is over'),
      ...(hasImages(facts.seen) ? visionLossLines : textLossLines),
    ]),
    ...dataCard(files, `Conversations for TRL SFT: \`messages\`, \`tools\`${imagesColumn(facts.seen)}.`),
  }),

  check: ({ images = null, ...row }) =>
    conversationFault(row, { media: images !== null, columns: ['tools', 'gym_meta'] }) ??
    (images === null ? undefined : imagesFault(images, row['messages'])),
};

const textLossLines = [
  '# Learn from what the assistant said only: text, reasoning and calls, never tool outputs.',
  'assistant_only_loss: true',
];

/** transformers 5.23 counts the places of the mask before images become many tokens: it would be on other words (tried with TRL 1.16.0). */
const visionLossLines = [
  '# The mask of what the assistant said is displaced by images: the loss is on all text, and tools are not passed to the template.',
  'assistant_only_loss: false',
];

function conversationWithImages(rollout: Rollout, settings: Settings): (TrainingConversation & Placed) | ReasonId {
  const made = trainingConversation(rollout, settings, { media: takesImages(settings) });
  if (typeof made === 'string') return made;
  const placed = trlImages(made.messages, settings, 'conversation');
  if (typeof placed === 'string') return placed;
  return { ...made, ...placed, shape: placed.images.length > 0 ? made.shape | Trait.images : made.shape };
}
