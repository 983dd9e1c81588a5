import path from 'node:path';
import type { Message } from '#shared/model/conversation.ts';
import { type JsonValue, writeJson } from '#shared/model/json.ts';
import { lengthFor } from '../../length.ts';
import { decodedChat, verlTurns } from '../../lessons/index.ts';
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
import type { ReasonId } from '../../reasons.ts';
import type { Rollout } from '../../rollout.ts';
import type { Settings } from '../../settings.ts';
import { Shape, type Target, Trait } from '../../types.ts';
import { parquet } from '../../writers/parquet.ts';
import { conversationFault } from '../check-conversation.ts';
import { type TrainingConversation, trainingConversation } from '../conversation-row.ts';
import { trainScript } from '../train-script.ts';
import { decoderClass, decoderName } from './decoder.ts';
import { type Placed, verlImages } from '../image-places.ts';
import { hasImages, imageNotes, imageFiles, imageRef, imagesFile, imagesNeed, imagesOption, takesImages } from '../images.ts';
import { templateWarnings } from '../warnings.ts';
import { verlImagesFault, visionNote } from './images.ts';
import { verl } from './framework.ts';

/** verl's MultiTurnSFTDataset, which reads Parquet alone: messages as nested columns, arguments and tools as texts for the class beside. */
export const verlSft: Target = {
  info: {
    target: 'verl/sft',
    framework: verl,
    method: { id: 'sft', title: 'SFT', about: 'Supervised fine-tuning on whole conversations; the loss is on the assistant messages.' },
    cells: [{ column: 'sft' }],
    writes: 'messages, tools · Parquet',
    needs: ['an assistant message', 'tool calls whose arguments are JSON objects', imagesNeed],
    files: [
      { name: 'train.parquet', about: 'One conversation a row: messages as nested columns, arguments and tools as JSON texts.' },
      { name: decoderName, about: 'The dataset class that makes objects of these texts; verl must be told to use it.' },
      { name: 'train.sh', about: 'The command, with the class, and a length at which no row fails.' },
      imagesFile,
    ],
    command: 'sh train.sh MODEL OUT',
    notes: [
      'Without gym_verl_sft.py texts of arguments are encoded twice by most templates, and rows with tools fail.',
      'verl renders each message alone. Templates that merge outputs of parallel calls (Qwen, Nemotron), or look at other messages (Qwen3.5, Llama 3 with system and tools), give another text than the whole conversation: with parallel calls train.sh lets that pass; parallel-calls=split avoids it.',
      'The original Qwen3 template never gives equal texts: use one without an empty think block.',
      visionNote,
    ],
    options: [
      reasoningOption,
      toolsOption,
      ...systemOptions,
      endingOption,
      parallelOption,
      imagesOption,
      metaOption,
      ...lengthOptions('verl fails when it comes to a longer row.'),
      ...rolloutSampling,
    ],
  },
  warnings: templateWarnings,
  unit: () => 'rollout',

  map(rollout, settings) {
    const made = conversationWithImages(rollout, settings);
    if (typeof made === 'string') return made;
    const { messages, named, tools, shape } = made;
    const unsafe = unsafeValue([messages, tools]);
    if (unsafe) return unsafe;
    const content = {
      messages: messages.map(plainMessage),
      ...(tools.length > 0 && { tools: writeJson(tools) }),
      ...(named.length > 0 && { images: writeJson(named.map((image) => ({ image: imageRef(image, settings) }))) }),
      ...(settings.flag('meta') && { gym_meta: gymMeta(rollout) }),
    };
    return { content, shape };
  },

  media(rollout, settings) {
    const made = conversationWithImages(rollout, settings);
    return typeof made === 'string' ? [] : imageFiles(made.images, settings);
  },

  lesson: ([row = {}], _settings, seen) => ({
    loss: 'tokens',
    chats: decodedChat(row),
    method: verlTurns((seen & Shape.parallelCalls) > 0 ? 'ignored' : 'refused'),
    notes: imageNotes(seen),
  }),

  format: () => parquet,
  columns: (settings, seen) => [
    { name: 'messages', kind: 'messages' },
    ...((seen & Shape.tools) > 0 ? [{ name: 'tools', kind: 'text' } as const] : []),
    ...(hasImages(seen) ? [{ name: 'images', kind: 'text' } as const] : []),
    ...(settings.flag('meta') ? [{ name: 'gym_meta', kind: 'text' } as const] : []),
  ],

  helpers: ({ train, validation }, settings, { longest, seen }) => ({
    [decoderName]: decoderClass,
    'train.sh': trainScript(
      [],
      [
        'torchrun --standalone --nproc_per_node="${GPUS:-1}" -m verl.trainer.sft_trainer',
        `data.train_files=${path.basename(train)}`,
        `data.val_files=${validation === undefined ? 'null' : path.basename(validation)}`,
        'data.messages_key=messages',
        'data.tools_key=tools',
        `data.custom_cls.path=${decoderName}`,
        'data.custom_cls.name=GymSFTDataset',
        'data.enable_thinking_default=null',
        ...((seen & Shape.parallelCalls) > 0 ? ['data.ignore_input_ids_mismatch=True'] : []),
        `data.max_length=${lengthFor(settings, longest, seen)}`,
        'data.truncation=error',
        'model.path="$model"',
        'engine=fsdp',
        'trainer.default_local_dir="$out"',
      ],
    ),
  }),

  check(row) {
    const { tools, images = null, ...others } = row;
    const fault = conversationFault(others, { media: false, columns: ['gym_meta'], arguments: 'text' });
    if (fault !== undefined) return fault;
    const shown: JsonValue = typeof images === 'string' ? JSON.parse(images) : images;
    const misplaced = shown === null ? undefined : verlImagesFault(shown, row['messages']);
    if (misplaced !== undefined || tools === undefined || tools === null) return misplaced;
    const list: unknown = typeof tools === 'string' ? JSON.parse(tools) : undefined;
    return Array.isArray(list) && list.length > 0 ? undefined : 'tools is no text of a JSON list';
  },
};

function conversationWithImages(rollout: Rollout, settings: Settings): (TrainingConversation & Placed) | ReasonId {
  const made = trainingConversation(rollout, settings, { media: takesImages(settings) });
  if (typeof made === 'string') return made;
  const placed = verlImages(made.messages);
  if (typeof placed === 'string') return placed;
  return { ...made, ...placed, shape: placed.images.length > 0 ? made.shape | Trait.images : made.shape };
}

/** In the order of the columns. */
function plainMessage({ role, content, reasoning_content: reasoning, tool_calls: calls, tool_call_id: id, name }: Message): unknown {
  return {
    role,
    content,
    ...(reasoning !== undefined && { reasoning_content: reasoning }),
    ...(calls && {
      tool_calls: calls.map((call) => ({
        ...(call.id !== undefined && { id: call.id }),
        type: call.type,
        function: { name: call.function.name, arguments: writeJson(call.function.arguments) },
      })),
    }),
    ...(id !== undefined && { tool_call_id: id }),
    ...(name !== undefined && { name }),
  };
}
