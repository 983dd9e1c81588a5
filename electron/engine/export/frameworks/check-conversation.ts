import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import { imagesFault, partsFault } from './images.ts';

/** What supervised trainers refuse, or read wrongly without a word, in a row of `messages`. */
export interface CheckRules {
  /** Whether content may be a list of texts and images as exports write them, or of any parts. */
  readonly media: boolean | 'any';
  /** Columns beside `messages`. */
  readonly columns: readonly string[];
  /** `text`: arguments are JSON texts. */
  readonly arguments?: 'text';
}

/** The first thing wrong with a row read back, in a sentence; undefined where it is fine. */
export function conversationFault(row: JsonObject, rules: CheckRules): string | undefined {
  return (
    foreignColumn(row, ['messages', ...rules.columns]) ??
    messagesFault('messages', row['messages'], rules) ??
    (lastRole(row['messages']) === 'assistant' ? undefined : 'the last message is not the assistant’s') ??
    besidesFault(row)
  );
}

/** The same for a row of a prompt and answers, each a list of messages in a column of its own; `images` are of the prompt. */
export function answerFault(
  { images = null, ...row }: JsonObject,
  answers: readonly string[],
  columns: readonly string[],
): string | undefined {
  const rules = { media: images !== null };
  const last = lastRole(row['prompt']);
  return (
    foreignColumn(row, ['prompt', ...answers, ...columns]) ??
    messagesFault('prompt', row['prompt'], rules) ??
    (last === 'user' || last === 'tool' ? undefined : 'the prompt does not end with a user or a tool') ??
    answers.map((name) => answerMessagesFault(name, row[name])).find((fault) => fault !== undefined) ??
    (images === null ? undefined : imagesFault(images, row['prompt'])) ??
    besidesFault(row)
  );
}

/** Messages that an assistant begins and ends. */
export function answerMessagesFault(name: string, value: JsonValue | undefined): string | undefined {
  const [first] = Array.isArray(value) ? value : [];
  return (
    messagesFault(name, value, { media: false }) ??
    (isJsonObject(first) && first['role'] === 'assistant' && lastRole(value) === 'assistant'
      ? undefined
      : `${name} does not begin and end with the assistant`)
  );
}

export function foreignColumn(row: JsonObject, columns: readonly string[]): string | undefined {
  const foreign = Object.keys(row).find((key) => !columns.includes(key));
  return foreign === undefined ? undefined : `the column ${foreign} does not belong there`;
}

/** Two answers that are the same give no signal. */
export function sameFault(chosen: JsonValue | undefined, rejected: JsonValue | undefined): string | undefined {
  return JSON.stringify(chosen) === JSON.stringify(rejected) ? 'chosen and rejected are the same' : undefined;
}

export function messagesFault(name: string, value: JsonValue | undefined, rules: Omit<CheckRules, 'columns'>): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return `${name} is no list with a message`;
  for (const [index, message] of value.entries()) {
    const fault = isJsonObject(message) ? messageFault(message, rules) : 'is no object';
    if (fault !== undefined) return `message ${index} of ${name} ${fault}`;
  }
  return undefined;
}

export function lastRole(messages: JsonValue | undefined): JsonValue | undefined {
  const last = Array.isArray(messages) ? messages.at(-1) : undefined;
  return isJsonObject(last) ? last['role'] : undefined;
}

function besidesFault({ tools, gym_meta: meta }: JsonObject): string | undefined {
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

function messageFault(message: JsonObject, { media, arguments: given }: Omit<CheckRules, 'columns'>): string | undefined {
  const { role, content, tool_calls: calls } = message;
  const keys = typeof role === 'string' && Object.hasOwn(keysOf, role) ? keysOf[role] : undefined;
  if (keys === undefined) return `has the role ${typeof role === 'string' ? role : 'of no text'}`;
  const foreign = Object.entries(message).find(([key, value]) => !keys.includes(key) || value === null);
  if (foreign) return `has ${foreign[0]} = ${foreign[1] === null ? 'null' : '…'}`;
  if (typeof content !== 'string') {
    if (media === false || !Array.isArray(content)) return 'has content that is no text';
    const fault = media === 'any' ? undefined : partsFault(content);
    if (fault !== undefined) return fault;
  }
  if (calls === undefined) return undefined;
  const isGiven = given === 'text' ? (value: JsonValue | undefined) => typeof value === 'string' : isJsonObject;
  return Array.isArray(calls) && calls.length > 0 && calls.every((call) => isCall(call, isGiven))
    ? undefined
    : `has tool_calls that are no calls with arguments as ${given === 'text' ? 'texts' : 'objects'}`;
}

function isCall(call: JsonValue, isGiven: (value: JsonValue | undefined) => boolean): boolean {
  if (!isJsonObject(call) || call['type'] !== 'function' || !isJsonObject(call['function'])) return false;
  return typeof call['function']['name'] === 'string' && isGiven(call['function']['arguments']);
}

function isNestedTool(tool: JsonValue): boolean {
  return isJsonObject(tool) && tool['type'] === 'function' && isJsonObject(tool['function']) && !('strict' in tool['function']);
}
