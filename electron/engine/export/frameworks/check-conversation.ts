import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';

/** What supervised trainers refuse, or read wrongly without a word, in a row of `messages`. */
export interface CheckRules {
  /** Whether content may be a list of parts. */
  readonly media: boolean;
  /** Columns beside `messages`. */
  readonly columns: readonly string[];
}

/** The first thing wrong with a row read back, in a sentence; undefined where it is fine. */
export function conversationFault(row: JsonObject, { media, columns }: CheckRules): string | undefined {
  const foreign = Object.keys(row).find((key) => key !== 'messages' && !columns.includes(key));
  if (foreign !== undefined) return `the column ${foreign} does not belong there`;
  const { messages, tools, gym_meta: meta } = row;
  if (!Array.isArray(messages) || messages.length === 0) return 'messages is no list with a message';
  for (const [index, message] of messages.entries()) {
    const fault = isJsonObject(message) ? messageFault(message, media) : 'is no object';
    if (fault !== undefined) return `message ${index} ${fault}`;
  }
  const last = messages.at(-1);
  if (!isJsonObject(last) || last['role'] !== 'assistant') return 'the last message is not the assistant’s';
  if (tools !== undefined && tools !== null && !(Array.isArray(tools) && tools.length > 0 && tools.every(isNestedTool))) {
    return 'tools is no list of functions in chat form';
  }
  return meta === undefined || typeof meta === 'string' ? undefined : 'gym_meta is no text';
}

const keysOf: Readonly<Record<string, readonly string[]>> = {
  system: ['role', 'content'],
  user: ['role', 'content'],
  assistant: ['role', 'content', 'reasoning_content', 'tool_calls'],
  tool: ['role', 'content', 'tool_call_id', 'name'],
};

function messageFault(message: JsonObject, media: boolean): string | undefined {
  const { role, content, tool_calls: calls } = message;
  const keys = typeof role === 'string' && Object.hasOwn(keysOf, role) ? keysOf[role] : undefined;
  if (keys === undefined) return `has the role ${typeof role === 'string' ? role : 'of no text'}`;
  const foreign = Object.entries(message).find(([key, value]) => !keys.includes(key) || value === null);
  if (foreign) return `has ${foreign[0]} = ${foreign[1] === null ? 'null' : '…'}`;
  if (typeof content !== 'string' && !(media && Array.isArray(content))) return 'has content that is no text';
  if (calls === undefined) return undefined;
  return Array.isArray(calls) && calls.length > 0 && calls.every(isCall)
    ? undefined
    : 'has tool_calls that are no calls with arguments as objects';
}

function isCall(call: JsonValue): boolean {
  if (!isJsonObject(call) || call['type'] !== 'function' || !isJsonObject(call['function'])) return false;
  return typeof call['function']['name'] === 'string' && isJsonObject(call['function']['arguments']);
}

function isNestedTool(tool: JsonValue): boolean {
  return isJsonObject(tool) && tool['type'] === 'function' && isJsonObject(tool['function']) && !('strict' in tool['function']);
}
