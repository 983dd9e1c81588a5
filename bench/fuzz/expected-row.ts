import { columnName } from '../../electron/engine/index/column-names.ts';
import { CellKind } from '../../electron/engine/index/types.ts';

/** What the index must hold of one value; `value` is left out of objects and lists. */
export interface ExpectedCell {
  readonly kind: CellKind;
  readonly value?: number | string | boolean;
  /** Of numbers: as the line writes it. */
  readonly source?: string;
}

export class NumberToken {
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

/** As parseLine; undefined where it fails. */
export function tryParse(line: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: parseLine(line) };
  } catch {
    return undefined;
  }
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
  const output = outputItems(own(response, 'output'));
  const input = inputItems(own(request, 'input'));
  const messages = own(row, 'messages');
  const older = !isObject(request) && Array.isArray(messages);
  const asked = ((older ? messages : input) ?? []).filter((item) => roleOf(item) === 'user');
  const users = output?.filter((item) => roleOf(item) === 'user') ?? [];
  const answers = (output ?? []).filter((item) => roleOf(item) === 'assistant').map(textOf);
  const tools = own(request, 'tools');
  const isKnown = older ? users.length === 0 : output !== undefined || input !== undefined;
  const models = [own(response, 'model'), own(request, 'model')];
  return {
    turns: output && turnsOf(output),
    tools: output?.filter((item) => kindOf(item) === 'function_call').length,
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

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberToken);
}

function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function entries(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
