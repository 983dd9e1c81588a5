import { isObject, own } from './parsed.ts';

/** Turns, tool calls and the like: see the formulas in shared/model/derived.ts. */
export function expectedFacts(row: object): Record<string, number | string | boolean | undefined> {
  const response = own(row, 'response');
  const request = own(row, 'responses_create_params');
  const output = outputItems(own(response, 'output'));
  const input = inputItems(own(request, 'input'));
  const messages = own(row, 'messages');
  const older = !isObject(request) && Array.isArray(messages);
  const asked = ((older ? messages : input) ?? []).filter((item) => roleOf(item) === 'user');
  const users = output?.filter((item) => roleOf(item) === 'user') ?? [];
  const answers = (output ?? []).filter((item) => roleOf(item) === 'assistant').map(textOf);
  const tools = own(request, 'tools');
  const isKnown = older ? users.length === 0 : output !== undefined || input !== undefined;
  const before = older ? messages : input;
  const everything = [...allItems(response), ...(input ?? []), ...(Array.isArray(messages) ? messages : [])];
  const models = [own(response, 'model'), own(request, 'model')];
  return {
    turns: output && turnsOf(output),
    tools: output?.filter((item) => kindOf(item) === 'function_call').length,
    tool_outputs: output?.filter((item) => kindOf(item) === 'function_call_output').length,
    last_role: [...(before ?? []), ...(output ?? [])].map(speakerOf).filter(isText).at(-1),
    images: output || input || Array.isArray(messages) ? everything.some(hasImage) : undefined,
    token_ids: isObject(response) ? [response, ...allItems(response)].some(hasTokens) : undefined,
    user_turns: isKnown ? asked.length + users.length : undefined,
    tools_offered: Array.isArray(tools) ? tools.length : undefined,
    prompt: lastText(asked.map(textOf)),
    answer: lastText(answers),
    model: models.find((model) => typeof model === 'string'),
  };
}

/** Consecutive items of the assistant are one message; it counts when it says, thinks or calls something. */
function turnsOf(output: readonly unknown[]): number {
  const messages: unknown[][] = [[]];
  for (const item of output) {
    const kind = kindOf(item);
    if (kind === 'reasoning' || kind === 'function_call' || kind === 'assistant') messages.at(-1)?.push(item);
    else if (kind !== undefined) messages.push([]);
  }
  return messages.filter((items) => items.some(speaks)).length;
}

function speaks(item: unknown): boolean {
  const thinks = (parts: unknown): boolean => Array.isArray(parts) && parts.some((part) => isText(own(part, 'text')));
  switch (kindOf(item)) {
    case 'function_call':
      return true;
    case 'reasoning':
      return thinks(own(item, 'summary')) || thinks(own(item, 'content'));
    default: {
      const calls = own(item, 'tool_calls');
      const beside = ['reasoning_content', 'reasoning', 'thinking'].some((key) => isText(own(item, key)));
      return textOf(item) !== '' || beside || (Array.isArray(calls) && calls.some(isObject));
    }
  }
}

/** The items of an output; of its last element where that is a list. Undefined where it is no list. */
function outputItems(output: unknown): unknown[] | undefined {
  if (!Array.isArray(output)) return undefined;
  const last: unknown = output.at(-1);
  return Array.isArray(last) ? last : output;
}

/** Every item of an output, those of the lists in it too. */
function allItems(response: unknown): unknown[] {
  const output = own(response, 'output');
  return Array.isArray(output) ? output.flat(1) : [];
}

/** How many items of each type an output has. */
export function typeCounts(response: unknown): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of outputItems(own(response, 'output')) ?? []) {
    // A list beside items is a history that is not counted; a list in such a history is some other item.
    if (Array.isArray(item) && own(response, 'output') === outputItems(own(response, 'output'))) continue;
    const type = typeNameOf(item);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

function typeNameOf(item: unknown): string {
  const type = isObject(item) ? (own(item, 'type') ?? 'message') : 'other';
  if (typeof type !== 'string' || Buffer.from(type).length > 64) return 'other';
  return type === '' ? 'message' : type;
}

/** Who says an item: a role. */
function speakerOf(item: unknown): string | undefined {
  const kind = kindOf(item);
  if (kind === 'reasoning' || kind === 'function_call') return 'assistant';
  return kind === 'function_call_output' ? 'tool' : kind;
}

function hasImage(item: unknown): boolean {
  const isImage = (part: unknown): boolean => ['input_image', 'image_url', 'image'].some((type) => own(part, 'type') === type);
  return [own(item, 'content'), own(item, 'output')].some((parts) => Array.isArray(parts) && parts.some(isImage));
}

function hasTokens(item: unknown): boolean {
  return ['prompt_token_ids', 'generation_token_ids', 'generation_log_probs'].some((key) => Array.isArray(own(item, key)));
}

function inputItems(input: unknown): unknown[] | undefined {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  return Array.isArray(input) ? input : undefined;
}

const roles = ['system', 'developer', 'user', 'assistant', 'tool'];

function roleOf(item: unknown): string | undefined {
  const kind = kindOf(item);
  return kind !== undefined && roles.includes(kind) ? kind : undefined;
}

/** The type of an item, or the role of a message; undefined where it is neither that we know. */
function kindOf(item: unknown): string | undefined {
  const type = own(item, 'type');
  const role = own(item, 'role');
  if (type === undefined || type === null || type === '' || type === 'message') return roles.find((known) => known === role);
  return ['reasoning', 'function_call', 'function_call_output'].find((known) => known === type);
}

/** The last text of a message that is not empty. */
function textOf(item: unknown): string {
  const content = own(item, 'content');
  return lastText(Array.isArray(content) ? content.map(partText) : [content]) ?? '';
}

function partText(part: unknown): unknown {
  return isObject(part) ? [own(part, 'text'), own(part, 'refusal')].find(isText) : part;
}

function lastText(texts: readonly unknown[]): string | undefined {
  return texts.filter(isText).at(-1);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Names of the tools a row calls and of those it is offered: each once, as they come; 'unsure' where the scan may leave them to be read. */
export function expectedNames(row: object): Record<'called' | 'offered', readonly string[] | 'unsure'> {
  const tools = own(own(row, 'responses_create_params'), 'tools');
  return {
    called: distinct(allItems(own(row, 'response')).flatMap(calledBy)),
    offered: distinct(
      (Array.isArray(tools) ? tools : []).map((tool) => [own(tool, 'name'), own(own(tool, 'function'), 'name')].find(isText)),
    ),
  };
}

function calledBy(item: unknown): unknown[] {
  const calls = own(item, 'tool_calls');
  if (kindOf(item) === 'function_call') return [own(item, 'name')];
  return kindOf(item) === 'assistant' && Array.isArray(calls) ? calls.map((call) => own(own(call, 'function'), 'name')) : [];
}

function distinct(names: readonly unknown[]): readonly string[] | 'unsure' {
  const all = [...new Set(names.filter(isText))];
  return all.some((name) => name.includes('\n') || name.length > 80) || all.length > 40 ? 'unsure' : all;
}
