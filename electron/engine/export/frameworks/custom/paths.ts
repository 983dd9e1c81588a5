import { derivedColumns } from '#shared/model/derived.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import type { Conversation } from '../../../rollout/index.ts';
import type { Rollout } from '../../rollout.ts';
import { textOf } from './functions.ts';

/** Paths into the conversation; all others lead into the row or to a column. */
const conversationPaths: Readonly<Record<string, (conversation: Conversation) => unknown>> = {
  messages: ({ messages }) => messages,
  tools: ({ tools }) => tools,
  prompt: ({ messages, promptMessages }) => messages.slice(0, promptMessages),
  completion: ({ messages, promptMessages }) => messages.slice(promptMessages),
  text: ({ messages }) => (messages.length === 0 ? '' : textOf(messages)),
};

export function isConversationPath(path: string): boolean {
  return Object.hasOwn(conversationPaths, path);
}

export function conversationValue(path: string, conversation: Conversation): unknown {
  return conversationPaths[path]?.(conversation);
}

const derivedNames = new Set(derivedColumns.map(({ name }) => name));

/**
 * What a path leads to: a derived column of that name (`task`, `agent`, `turns` …), else the place in the row (`reward`,
 * `response.output`, `response.output.0.content`, or `response.output[0].content`; `field.NAME` where a derived column hides a field), else a column
 * (`usage.output_tokens`). Undefined where it leads nowhere.
 */
export function rowValue(path: string, rollout: Rollout): JsonValue | undefined {
  if (derivedNames.has(path)) return rollout.cell(path);
  const row = rollout.object();
  if (Object.hasOwn(row, path)) return row[path];
  if (path.startsWith('field.')) return valueAt(row, path.slice('field.'.length));
  return valueAt(row, path) ?? rollout.cell(path);
}

/** What a path leads to in an object: a key of that name, or keys and places one after another. */
export function valueAt(row: JsonObject, path: string): JsonValue | undefined {
  if (Object.hasOwn(row, path)) return row[path];
  let value: JsonValue | undefined = row;
  for (const key of path.replace(/\[(\d+)\]/g, '.$1').split('.')) {
    if (Array.isArray(value)) value = /^\d+$/.test(key) ? value[Number(key)] : undefined;
    else value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}
