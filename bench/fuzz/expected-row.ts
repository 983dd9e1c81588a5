import { columnName } from '../../electron/engine/index/column-names.ts';
import { CellKind } from '../../electron/engine/index/types.ts';

/** What the index must hold of one value; `value` is left out of objects and lists. */
export interface ExpectedCell {
  readonly kind: CellKind;
  readonly value?: number | string | boolean;
  /** Of numbers: as the line writes it. */
  readonly source?: string;
}

class NumberToken {
  constructor(
    readonly value: number,
    readonly source: string,
  ) {}
}

/** A line as JSON.parse reads it, its numbers with their digits. Fails where JSON.parse does. */
export function parseLine(line: Uint8Array): unknown {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  // The third argument is newer than the types of the reviver.
  const reviver = (_: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? new NumberToken(value, context?.source ?? String(value)) : value;
  return JSON.parse(text, reviver);
}

/** Every cell of a row by the name of its column, computed from the parsed row and from nothing else. */
export function expectedCells(row: unknown): Map<string, ExpectedCell> {
  const cells = new Map<string, ExpectedCell>();
  const put = (name: string, value: unknown): void => {
    if (value !== undefined) cells.set(name, cellOf(value));
  };
  if (!isObject(row)) return cells;
  for (const [key, value] of Object.entries(row)) put(columnName({ scope: 'field', key }), value);
  const response = own(row, 'response');
  for (const [key, value] of entries(own(response, 'usage'))) put(`usage.${key}`, value);
  for (const [key, value] of entries(own(row, 'reward_components'))) put(`reward_components.${key}`, value);
  put('agent', own(own(row, 'agent_ref'), 'name'));
  put('status', own(response, 'status'));
  const incomplete = own(response, 'incomplete_details');
  if (incomplete !== undefined) put('truncated', isObject(incomplete));
  for (const [name, value] of Object.entries(expectedFacts(row))) put(name, typeof value === 'number' ? new NumberToken(value, '') : value);
  return cells;
}

function cellOf(value: unknown): ExpectedCell {
  if (value === null) return { kind: CellKind.null };
  if (Array.isArray(value)) return { kind: CellKind.array };
  if (value instanceof NumberToken) {
    const isLargeInteger = /^-?\d+$/.test(value.source) && BigInt(value.source.replace('-', '')) > 2n ** 53n;
    const isExact = isLargeInteger || !Number.isFinite(value.value);
    return { kind: isExact ? CellKind.exact : CellKind.number, value: value.value, source: value.source };
  }
  if (typeof value === 'string') return { kind: CellKind.string, value };
  if (typeof value === 'boolean') return { kind: CellKind.boolean, value };
  return { kind: CellKind.object };
}

/** Turns, tool calls and the like: see the formulas in shared/model/derived.ts. */
function expectedFacts(row: object): Record<string, number | string | undefined> {
  const response = own(row, 'response');
  const request = own(row, 'responses_create_params');
  const output = itemsOf(own(response, 'output'));
  const input = own(request, 'input');
  const inputItems = itemsOf(input, false);
  const isUser = (item: unknown): boolean => typeOf(item) === 'message' && own(item, 'role') === 'user';
  const inputUsers = typeof input === 'string' ? 1 : (inputItems?.filter(isUser).length ?? 0);
  const prompts =
    typeof input === 'string' ? [input] : (inputItems ?? itemsOf(own(row, 'messages'), false) ?? []).filter(isUser).map(textOf);
  const answers = (output ?? []).filter((item) => typeOf(item) === 'message' && own(item, 'role') === 'assistant').map(textOf);
  const tools = own(request, 'tools');
  const hasConversation = output !== undefined || typeof input === 'string' || inputItems !== undefined;
  const models = [own(response, 'model'), own(request, 'model')];
  return {
    turns: output && turnsOf(output),
    tools: output?.filter((item) => typeOf(item) === 'function_call').length,
    user_turns: hasConversation ? inputUsers + (output?.filter(isUser).length ?? 0) : undefined,
    tools_offered: Array.isArray(tools) ? tools.length : undefined,
    prompt: prompts.filter((text) => text !== '').at(-1),
    answer: answers.filter((text) => text !== '').at(-1),
    model: models.find((model) => typeof model === 'string'),
  };
}

/** Consecutive items of the assistant are one message; it counts when it says, thinks or calls something. */
function turnsOf(output: readonly unknown[]): number {
  const messages: unknown[][] = [[]];
  for (const item of output) {
    const type = typeOf(item);
    const isAssistant = type === 'reasoning' || type === 'function_call' || (type === 'message' && own(item, 'role') === 'assistant');
    if (isAssistant) messages.at(-1)?.push(item);
    else if (type === 'message' || type === 'function_call_output') messages.push([]);
  }
  return messages.filter((items) => items.some(speaks)).length;
}

function speaks(item: unknown): boolean {
  switch (typeOf(item)) {
    case 'function_call':
      return true;
    case 'message':
      return textOf(item) !== '';
    default:
      return [own(item, 'summary'), own(item, 'content')].some((list) => Array.isArray(list) && list.some((part) => partText(part) !== ''));
  }
}

/** The items of an input or output; the last list where an output holds lists. Undefined where it is no list. */
function itemsOf(value: unknown, mayNest = true): unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const lists = mayNest ? value.filter((element) => Array.isArray(element)) : [];
  return lists.at(-1) ?? value;
}

/** `message` where an item without a type has a role; undefined where nobody says a message. */
function typeOf(item: unknown): string | undefined {
  const type = own(item, 'type') ?? undefined;
  const hasRole = typeof own(item, 'role') === 'string';
  if (type === undefined) return hasRole ? 'message' : undefined;
  if (type === 'message') return hasRole ? 'message' : undefined;
  return typeof type === 'string' ? type : undefined;
}

/** The last text of a message that is not empty. */
function textOf(item: unknown): string {
  const content = own(item, 'content');
  if (typeof content === 'string') return content;
  return Array.isArray(content)
    ? (content
        .map(partText)
        .filter((text) => text !== '')
        .at(-1) ?? '')
    : '';
}

function partText(part: unknown): string {
  const text = own(part, 'text');
  return typeof text === 'string' ? text : '';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberToken);
}

function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function entries(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
