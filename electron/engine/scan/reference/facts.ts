import { CellKind } from '../../index/types.ts';
import { readItem } from './items.ts';
import type { LineValue, ValueReader } from './values.ts';

/** What no single key of a row holds: see the formulas in shared/model/derived.ts. Undefined: missing. */
export interface RowFacts {
  readonly turns: number | undefined;
  readonly user_turns: number | undefined;
  readonly tools: number | undefined;
  readonly tools_offered: number | undefined;
  readonly model: LineValue | undefined;
  readonly prompt: LineValue | undefined;
  readonly answer: LineValue | undefined;
}

const responseKeys = new Set(['output', 'model']);
const requestKeys = new Set(['input', 'tools', 'model']);

export function readFacts(reader: ValueReader, row: ReadonlyMap<string, LineValue>): RowFacts {
  const response = reader.pick(row.get('response'), responseKeys);
  const request = reader.pick(row.get('responses_create_params'), requestKeys);
  const output = readOutput(reader, response.get('output'));
  const input = readPrompts(reader, request.get('input'));
  const messages = row.get('messages');
  // Messages of a chat may or may not repeat those of the output: where it has some, nobody knows how many there are.
  const isOlder = row.get('responses_create_params')?.kind !== CellKind.object && messages?.kind === CellKind.array;
  const asked = isOlder ? readPrompts(reader, messages) : input;
  const isKnown = isOlder ? !output?.users : output !== undefined || input !== undefined;
  const tools = request.get('tools');
  return {
    turns: output?.turns,
    tools: output?.calls,
    user_turns: isKnown ? (asked?.users ?? 0) + (output?.users ?? 0) : undefined,
    tools_offered: tools?.kind === CellKind.array ? count(reader.elements(tools)) : undefined,
    model: [response.get('model'), request.get('model')].find((model) => model?.kind === CellKind.string),
    prompt: asked?.prompt,
    answer: output?.answer,
  };
}

interface Output {
  readonly turns: number;
  readonly calls: number;
  readonly users: number;
  readonly answer: LineValue | undefined;
}

/** The items of an output; where its last element is a list, the items of that, which is the whole history. */
function readOutput(reader: ValueReader, output: LineValue | undefined): Output | undefined {
  if (output?.kind !== CellKind.array) return undefined;
  let last: LineValue | undefined;
  for (const element of reader.elements(output)) last = element;
  return countItems(reader, last?.kind === CellKind.array ? last : output);
}

/** Reasoning, calls and messages of the assistant are one turn until another message or the output of a call; if they say nothing, none. */
function countItems(reader: ValueReader, list: LineValue): Output {
  let [turns, calls, users] = [0, 0, 0];
  let isTurn = false;
  let answer: LineValue | undefined;
  for (const element of reader.elements(list)) {
    const { kind, text, speaks } = readItem(reader, element);
    if (kind === undefined) continue;
    if (kind === 'assistant' || kind === 'reasoning' || kind === 'function_call') {
      if (speaks && !isTurn) turns++;
      isTurn ||= speaks;
    } else isTurn = false;
    if (kind === 'function_call') calls++;
    if (kind === 'user') users++;
    if (kind === 'assistant') answer = text ?? answer;
  }
  return { turns, calls, users, answer };
}

/** User messages of an input and the last text of them; undefined where it is no input. */
function readPrompts(reader: ValueReader, input: LineValue | undefined): { users: number; prompt: LineValue | undefined } | undefined {
  if (input?.kind === CellKind.string) return { users: 1, prompt: input.end > input.start ? input : undefined };
  if (input?.kind !== CellKind.array) return undefined;
  let users = 0;
  let prompt: LineValue | undefined;
  for (const element of reader.elements(input)) {
    const { kind, text } = readItem(reader, element);
    if (kind !== 'user') continue;
    users++;
    prompt = text ?? prompt;
  }
  return { users, prompt };
}

function count(values: Iterable<unknown>): number {
  let found = 0;
  for (const _ of values) found++;
  return found;
}
