import path from 'node:path';
import type { Message } from '#shared/model/conversation.ts';
import { writeJson } from '#shared/model/json.ts';
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
import { Shape, type Target } from '../../types.ts';
import { parquet } from '../../writers/parquet.ts';
import { conversationFault } from '../check-conversation.ts';
import { trainingConversation } from '../conversation-row.ts';
import { trainScript } from '../train-script.ts';
import { decoderClass, decoderName } from './decoder.ts';
import { templateWarnings } from '../warnings.ts';
import { verl } from './framework.ts';

/** verl's MultiTurnSFTDataset, which reads Parquet alone: messages as nested columns, arguments and tools as texts for the class beside. */
export const verlSft: Target = {
  info: {
    target: 'verl/sft',
    framework: verl,
    method: { id: 'sft', title: 'SFT', about: 'Supervised fine-tuning on whole conversations; the loss is on the assistant messages.' },
    cells: [{ column: 'sft' }],
    writes: 'messages, tools · Parquet',
    needs: ['an assistant message', 'tool calls whose arguments are JSON objects', 'text only: no images'],
    files: [
      { name: 'train.parquet', about: 'One conversation a row: messages as nested columns, arguments and tools as JSON texts.' },
      { name: decoderName, about: 'The dataset class that makes objects of these texts; verl must be told to use it.' },
      { name: 'train.sh', about: 'The command, with the class, and a length at which no row fails.' },
    ],
    command: 'sh train.sh MODEL OUT',
    notes: [
      'Without gym_verl_sft.py texts of arguments are encoded twice by most templates, and rows with tools fail.',
      'verl renders each message alone. Templates that merge outputs of parallel calls (Qwen, Nemotron), or look at other messages (Qwen3.5, Llama 3 with system and tools), give another text than the whole conversation: with parallel calls train.sh lets that pass; parallel-calls=split avoids it.',
      'The original Qwen3 template never gives equal texts: use one without an empty think block.',
    ],
    options: [
      reasoningOption,
      toolsOption,
      ...systemOptions,
      endingOption,
      parallelOption,
      metaOption,
      ...lengthOptions('verl fails when it comes to a longer row.'),
      ...rolloutSampling,
    ],
  },
  warnings: templateWarnings,
  unit: () => 'rollout',

  map(rollout, settings) {
    const made = trainingConversation(rollout, settings, { media: false });
    if (typeof made === 'string') return made;
    const { messages, tools, shape } = made;
    const unsafe = unsafeValue([messages, tools]);
    if (unsafe) return unsafe;
    const content = {
      messages: messages.map(plainMessage),
      ...(tools.length > 0 && { tools: writeJson(tools) }),
      ...(settings.flag('meta') && { gym_meta: gymMeta(rollout) }),
    };
    return { content, shape };
  },

  format: () => parquet,
  columns: (settings, seen) => [
    { name: 'messages', kind: 'messages' },
    ...((seen & Shape.tools) > 0 ? [{ name: 'tools', kind: 'text' } as const] : []),
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
        `data.max_length=${lengthFor(settings, longest)}`,
        'data.truncation=error',
        'model.path="$model"',
        'engine=fsdp',
        'trainer.default_local_dir="$out"',
      ],
    ),
  }),

  check(row) {
    const { tools, ...others } = row;
    const fault = conversationFault(others, { media: false, columns: ['gym_meta'], arguments: 'text' });
    if (fault !== undefined || tools === undefined || tools === null) return fault;
    const list: unknown = typeof tools === 'string' ? JSON.parse(tools) : undefined;
    return Array.isArray(list) && list.length > 0 ? undefined : 'tools is no text of a JSON list';
  },
};

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
