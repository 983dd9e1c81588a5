import { admissionProblem } from '../../admission.ts';
import { gymMeta } from '../../metadata.ts';
import type { ReasonId } from '../../reasons.ts';
import type { Rollout } from '../../rollout.ts';
import { rewardOptions } from '../../reward.ts';
import { anySampling } from '../../sampling-options.ts';
import type { Settings } from '../../settings.ts';
import { metaOption, reasoningOption } from '../../shared-options.ts';
import { hasLoneSurrogate } from '../../text-safety.ts';
import type { Fields, Mapped, Target, Unit } from '../../types.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { shapeOf } from '../conversation-row.ts';
import { custom } from './framework.ts';
import { callFunction, functionNames } from './functions.ts';
import { conversationValue, isConversationPath, rowValue } from './paths.ts';
import { parseTemplate, pathsOf, type Template } from './template.ts';

const units = { rollouts: 'rollout', pairs: 'pair', labelled: 'label', tasks: 'task' } as const satisfies Record<string, Unit>;

const pairFields = { prompt: 'prompt', chosen: 'chosen.completion', rejected: 'rejected.completion' };

/** Rows of the user's own fields, each filled from a template, made of whatever he wants rows of. */
export const customMap: Target = {
  info: {
    target: 'custom/map',
    framework: custom,
    method: { id: 'map', title: 'Own fields', about: 'Rows with the fields you name, each filled from paths, constants and functions.' },
    cells: [
      { column: 'sft' },
      { column: 'dpo', options: { unit: 'pairs', fields: pairFields } },
      { column: 'kto', options: { unit: 'labelled', fields: { prompt: 'prompt', completion: 'completion', label: 'label' } } },
      { column: 'rm', options: { unit: 'pairs', fields: { ...pairFields, margin: 'margin' } } },
      { column: 'rl', options: { unit: 'tasks', fields: { prompt: 'prompt', task: 'task' } } },
    ],
    writes: 'your fields · JSON lines',
    needs: ['a value at one of the paths', 'a response, where a path leads into the conversation'],
    files: [{ name: 'train.jsonl', about: 'One object a line, every field in every line; null where the rollout has none.' }],
    command: '',
    notes: [
      'Paths: messages, tools, prompt, completion and text of the conversation; any place in the row, as response.output or metadata.difficulty; any column, as task, agent, turns or usage.output_tokens.',
      'Of pairs, chosen.PATH and rejected.PATH; without either it is the chosen one’s. Of labelled rollouts, label is true or false.',
      'scaled_reward is the metric as the options of the reward say, null where there is none; of pairs, margin is the difference of both.',
      `Functions: ${functionNames.join(', ')}, as in join("\\n", text(prompt), "A:") or round(reward, 2). Texts stand in double quotes.`,
      'Names that trainers read in their own way beside messages: prompt, completion, text, image, images, labels, label, input_ids, margin, type with message.',
      'Numbers are written as the file has them.',
    ],
    options: [
      {
        key: 'unit',
        step: 'mapping',
        title: 'A row is made of',
        help: 'A rollout; a better and a worse one that were asked the same; a rollout that is good or bad; a task.',
        kind: 'choice',
        choices: [
          { value: 'rollouts', title: 'A rollout' },
          { value: 'pairs', title: 'A pair' },
          { value: 'labelled', title: 'A label' },
          { value: 'tasks', title: 'A task' },
        ],
        default: 'rollouts',
      },
      {
        key: 'fields',
        step: 'mapping',
        title: 'Fields',
        help: 'Name of each field, and the path, constant or function it is filled from. On the command line: --set field.NAME=PATH.',
        kind: 'fields',
        default: { messages: 'messages', reward: 'reward' },
      },
      reasoningOption,
      ...rewardOptions('scaled_reward and margin', { key: 'fields', values: ['scaled_reward', 'margin'] }),
      metaOption,
      ...anySampling,
    ],
  },
  unit: unitOf,
  writesReward: (settings) =>
    templatesOf(settings).some(([, template]) => pathsOf(template).some((path) => isRewardPath(path, unitOf(settings)))),

  map(rollout, settings) {
    const refused = admissionProblem(rollout.object(), settings.off);
    if (refused) return refused;
    const unit = unitOf(settings);
    const templates = templatesOf(settings);
    const paths = [...new Set(templates.flatMap(([, template]) => pathsOf(template)).map(withoutSide))].filter(
      (path) => !isRewardPath(path, unit) && (unit !== 'label' || path !== 'label'),
    );
    const read = readPaths(paths, rollout, settings, unit);
    if (typeof read === 'string') return read;
    const { values, ...shape } = read;
    if (paths.length > 0 && [...values.values()].every((value) => value === undefined || value === null)) return 'target/empty';
    const meta = settings.flag('meta') ? { gym_meta: gymMeta(rollout) } : {};
    // Others are put together of the values at their paths.
    const content = isMadeAtOnce(settings)
      ? { ...filled(templates, (path) => values.get(path)), ...meta }
      : { ...Object.fromEntries([...values].filter(([, value]) => value !== undefined)), ...meta };
    return hasLoneSurrogate(content) ? 'mapping/lone-surrogate' : { content, ...shape };
  },

  join(parts, { good = false, margin, rewards = [] }, settings) {
    const [first = {}, second = {}] = parts;
    const unit = unitOf(settings);
    if (isMadeAtOnce(settings)) return first;
    const valueAt = (path: string): unknown => {
      if (unit === 'label' && path === 'label') return good;
      if (isRewardPath(path, unit)) return finite(path === 'margin' ? margin : rewards[path.startsWith('rejected.') ? 1 : 0]);
      const side = path.startsWith('rejected.') ? second : first;
      const name = withoutSide(path);
      return Object.hasOwn(side, name) ? side[name] : undefined;
    };
    const [one, two] = [first['gym_meta'], second['gym_meta']];
    const meta = typeof one !== 'string' ? {} : { gym_meta: typeof two === 'string' ? `{"chosen":${one},"rejected":${two}}` : one };
    return { ...filled(templatesOf(settings), valueAt), ...meta };
  },

  format: () => jsonLines,
  columns: () => undefined,
  helpers: () => ({}),
  check(row, settings) {
    const missing = settings.fields('fields').find(([name]) => !Object.hasOwn(row, name));
    return missing && `the field ${missing[0]} is missing`;
  },
};

function unitOf(settings: Settings): Unit {
  return units[settings.choice('unit', ['rollouts', 'pairs', 'labelled', 'tasks'])];
}

/** Values of the row that is put together, not of a rollout. */
function isRewardPath(path: string, unit: Unit): boolean {
  return withoutSide(path) === 'scaled_reward' || (unit === 'pair' && path === 'margin');
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Whether a row is made of what one rollout holds, as it is mapped. */
function isMadeAtOnce(settings: Settings): boolean {
  const unit = unitOf(settings);
  return (unit === 'rollout' || unit === 'task') && !customMap.writesReward?.(settings);
}

type Templates = readonly (readonly [name: string, template: Template])[];
const parsed = new WeakMap<Settings, Templates>();

function templatesOf(settings: Settings): Templates {
  const before = parsed.get(settings);
  if (before) return before;
  const templates = settings.fields('fields').map(([name, text]) => [name, parseTemplate(text)] as const);
  parsed.set(settings, templates);
  return templates;
}

function withoutSide(path: string): string {
  return path.replace(/^(chosen|rejected)\./, '');
}

function filled(templates: Templates, valueAt: (path: string) => unknown): Fields {
  const value = (template: Template): unknown => {
    switch (template.kind) {
      case 'path':
        return valueAt(template.path);
      case 'constant':
        return template.value;
      case 'call':
        return callFunction(template.name, template.parts.map(value));
    }
  };
  return Object.fromEntries(templates.map(([name, template]) => [name, value(template) ?? null]));
}

interface ReadPaths extends Pick<Mapped, 'shape' | 'request' | 'answer'> {
  readonly values: ReadonlyMap<string, unknown>;
}

function readPaths(paths: readonly string[], rollout: Rollout, settings: Settings, unit: Unit): ReadPaths | ReasonId {
  const needsConversation = unit === 'pair' || unit === 'task' || paths.some(isConversationPath);
  if (!needsConversation) return { values: new Map(paths.map((path) => [path, rowValue(path, rollout)])), shape: 0 };
  const conversation = rollout.conversation(settings.choice('reasoning', ['inline', 'separate', 'drop']));
  const { messages, promptMessages, tools } = conversation;
  if (!conversation.hasResponse && unit !== 'task') return 'admission/no-response';
  if (conversation.unknownItems.length > 0) return 'mapping/unknown-item';
  const values = new Map(
    paths.map((path) => [path, isConversationPath(path) ? conversationValue(path, conversation) : rowValue(path, rollout)]),
  );
  const request = [messages.slice(0, promptMessages), tools];
  return { values, shape: shapeOf(messages, tools), request, answer: messages.slice(promptMessages) };
}
