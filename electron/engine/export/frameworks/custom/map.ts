import { admissionProblem } from '../../admission.ts';
import type { ReasonId } from '../../reasons.ts';
import type { Rollout } from '../../rollout.ts';
import type { Settings } from '../../settings.ts';
import { rolloutSampling } from '../../sampling-options.ts';
import { reasoningOption } from '../../shared-options.ts';
import { hasLoneSurrogate } from '../../text-safety.ts';
import type { Target } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { shapeOf } from '../conversation-row.ts';
import { custom } from './framework.ts';
import { conversationValue, isConversationPath, rowValue } from './paths.ts';

/** Rows of the user's own fields, each filled from a path. */
export const customMap: Target = {
  info: {
    target: 'custom/map',
    framework: custom,
    method: { id: 'map', title: 'Own fields', about: 'One row a rollout, with the fields you name, each filled from a path.' },
    cells: [{ column: 'sft' }],
    writes: 'your fields · JSON lines',
    needs: ['a value at one of the paths', 'a response, where a path leads into the conversation'],
    files: [{ name: 'train.jsonl', about: 'One object a line, every field in every line; null where the rollout has none.' }],
    command: '',
    notes: [
      'Paths: messages, tools, prompt, completion and text of the conversation; any place in the row, as response.output or metadata.difficulty; any column, as task, agent, turns or usage.output_tokens.',
      'Names that trainers read in their own way beside messages: prompt, completion, text, image, images, labels, label, input_ids, margin, type with message.',
      'Numbers are written as the file has them.',
    ],
    options: [
      {
        key: 'fields',
        step: 'mapping',
        title: 'Fields',
        help: 'Name of each field, and the path it is filled from. On the command line: --set field.NAME=PATH.',
        kind: 'fields',
        default: { messages: 'messages', reward: 'reward' },
      },
      reasoningOption,
      ...rolloutSampling,
    ],
  },

  unit: () => 'rollout',

  map(rollout, settings) {
    const refused = admissionProblem(rollout.object(), settings.off);
    if (refused) return refused;
    const made = fieldValues(rollout, settings);
    if (typeof made === 'string') return made;
    const { entries, shape } = made;
    if (entries.every(([, value]) => value === undefined || value === null)) return 'target/empty';
    const content = Object.fromEntries(entries.map(([name, value]) => [name, value ?? null]));
    return hasLoneSurrogate(content) ? 'mapping/lone-surrogate' : { content, shape };
  },

  format: () => jsonLines,
  columns: () => undefined,
  helpers: () => ({}),
  check(row, settings) {
    const missing = settings.fields('fields').find(([name]) => !Object.hasOwn(row, name));
    return missing && `the field ${missing[0]} is missing`;
  },
};

type Entry = readonly [name: string, value: unknown];

function fieldValues(rollout: Rollout, settings: Settings): { entries: Entry[]; shape: number } | ReasonId {
  const fields = settings.fields('fields');
  if (!fields.some(([, path]) => isConversationPath(path))) {
    return { entries: fields.map(([name, path]) => [name, rowValue(path, rollout)]), shape: 0 };
  }
  const conversation = rollout.conversation(settings.choice('reasoning', ['inline', 'separate', 'drop']));
  if (!conversation.hasResponse) return 'admission/no-response';
  if (conversation.unknownItems.length > 0) return 'mapping/unknown-item';
  const entries = fields.map(([name, path]): Entry => [
    name,
    isConversationPath(path) ? conversationValue(path, conversation) : rowValue(path, rollout),
  ]);
  return { entries, shape: shapeOf(conversation.messages, conversation.tools) };
}
