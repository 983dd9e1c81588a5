import { CellKind } from '../../index/types.ts';
import { tokenKeys } from '../fields.ts';
import { hasTokens, type Item, readItem } from './items.ts';
import type { LineValue, ValueReader } from './values.ts';

/** A word of our own, not of the line. */
export interface Word {
  readonly word: string;
}
export type Fact = LineValue | Word | number | boolean | undefined;

/** What no single key of a row holds: see the formulas in shared/model/derived.ts. Undefined: missing. */
export interface RowFacts {
  readonly facts: Readonly<Record<string, Fact>>;
  /** How many items of each type the output has; undefined: of types without a column. */
  readonly types: ReadonlyMap<string | undefined, number>;
}

const responseKeys = new Set(['output', 'model', ...tokenKeys]);
const requestKeys = new Set(['input', 'tools', 'model']);

export function readFacts(reader: ValueReader, row: ReadonlyMap<string, LineValue>): RowFacts {
  const responseValue = row.get('response');
  const response = reader.pick(responseValue, responseKeys);
  const request = reader.pick(row.get('responses_create_params'), requestKeys);
  const output = readOutput(reader, response.get('output'));
  const input = readPrompts(reader, request.get('input'));
  const messages = readPrompts(reader, isList(row.get('messages')) ? row.get('messages') : undefined);
  // Messages of a chat may or may not repeat those of the output: where it has some, nobody knows how many there are.
  const isOlder = row.get('responses_create_params')?.kind !== CellKind.object && messages !== undefined;
  const asked = isOlder ? messages : input;
  const isKnown = isOlder ? !output?.users : output !== undefined || input !== undefined;
  const tools = request.get('tools');
  const role = output?.lastRole ?? asked?.lastRole;
  const spoken = [input, messages, output].filter((said) => said !== undefined);
  return {
    facts: {
      turns: output?.turns,
      tools: output?.calls,
      tool_outputs: output?.results,
      user_turns: isKnown ? (asked?.users ?? 0) + (output?.users ?? 0) : undefined,
      tools_offered: isList(tools) ? [...reader.elements(tools)].length : undefined,
      model: [response.get('model'), request.get('model')].find((model) => model?.kind === CellKind.string),
      prompt: asked?.prompt,
      answer: output?.answer,
      last_role: role === undefined ? undefined : { word: role },
      images: spoken.length > 0 ? spoken.some(({ hasImages }) => hasImages) : undefined,
      token_ids: responseValue?.kind === CellKind.object ? hasTokens(response) || output?.hasTokens === true : undefined,
    },
    types: output?.types ?? new Map(),
  };
}

interface Output {
  readonly turns: number;
  readonly calls: number;
  readonly results: number;
  readonly users: number;
  readonly answer: LineValue | undefined;
  readonly lastRole: string | undefined;
  readonly types: ReadonlyMap<string | undefined, number>;
  readonly hasImages: boolean;
  readonly hasTokens: boolean;
}

/** The items of an output; where its last element is a list, the items of that, which is the whole history. */
function readOutput(reader: ValueReader, output: LineValue | undefined): Output | undefined {
  if (!isList(output)) return undefined;
  let last: LineValue | undefined;
  let [hasImages, hasTokenLists] = [false, false];
  for (const element of reader.elements(output)) {
    last = element;
    for (const item of isList(element) ? reader.elements(element) : [element]) {
      const read = readItem(reader, item);
      hasImages ||= read.hasImages;
      hasTokenLists ||= read.hasTokens;
    }
  }
  const items = isList(last) ? [...reader.elements(last)] : [...reader.elements(output)].filter((element) => !isList(element));
  return { ...countItems(items.map((item) => readItem(reader, item))), hasImages, hasTokens: hasTokenLists };
}

/** Reasoning, calls and messages of the assistant are one turn until another message or the output of a call; if they say nothing, none. */
function countItems(items: readonly Item[]): Omit<Output, 'hasImages' | 'hasTokens'> {
  let [turns, calls, results, users] = [0, 0, 0, 0];
  let isTurn = false;
  let answer: LineValue | undefined;
  let lastRole: string | undefined;
  const types = new Map<string | undefined, number>();
  for (const item of items) {
    const { kind, text, type } = item;
    types.set(type, (types.get(type) ?? 0) + 1);
    if (kind === undefined) continue;
    lastRole = speakerOf(item);
    if (lastRole === 'assistant') {
      if (item.speaks && !isTurn) turns++;
      isTurn ||= item.speaks;
    } else isTurn = false;
    if (kind === 'function_call') calls++;
    if (kind === 'function_call_output') results++;
    if (kind === 'user') users++;
    if (kind === 'assistant') answer = text ?? answer;
  }
  return { turns, calls, results, users, answer, lastRole, types };
}

interface Prompts {
  readonly users: number;
  readonly prompt: LineValue | undefined;
  readonly lastRole: string | undefined;
  readonly hasImages: boolean;
}

/** User messages of an input and the last text of them; undefined where it is no input. */
function readPrompts(reader: ValueReader, input: LineValue | undefined): Prompts | undefined {
  if (input?.kind === CellKind.string) {
    return { users: 1, prompt: input.end > input.start ? input : undefined, lastRole: 'user', hasImages: false };
  }
  if (!isList(input)) return undefined;
  const items = [...reader.elements(input)].map((element) => readItem(reader, element));
  const asked = items.filter(({ kind }) => kind === 'user');
  return {
    users: asked.length,
    prompt: asked.filter(({ text }) => text).at(-1)?.text,
    lastRole: items.map(speakerOf).filter(Boolean).at(-1),
    hasImages: items.some(({ hasImages }) => hasImages),
  };
}

/** Who says an item. */
function speakerOf({ kind }: Item): string | undefined {
  if (kind === 'reasoning' || kind === 'function_call') return 'assistant';
  return kind === 'function_call_output' ? 'tool' : kind;
}

function isList(value: LineValue | undefined): value is LineValue {
  return value?.kind === CellKind.array;
}
