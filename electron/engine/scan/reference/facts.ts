import { CellKind } from '../../index/types.ts';
import { tokenKeys } from '../fields.ts';
import { hasTokens, type Item, readItem } from './items.ts';
import { joinNames, type Names, toolNames } from './names.ts';
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
  readonly names: { readonly called: Names; readonly offered: Names };
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
      tools_offered: isList(tools) ? count(reader.elements(tools)) : undefined,
      model: [response.get('model'), request.get('model')].find((model) => model?.kind === CellKind.string),
      prompt: asked?.prompt,
      answer: output?.answer,
      last_role: role === undefined ? undefined : { word: role },
      images: spoken.length > 0 ? spoken.some(({ hasImages }) => hasImages) : undefined,
      token_ids: responseValue?.kind === CellKind.object ? hasTokens(response) || output?.hasTokens === true : undefined,
    },
    types: output?.types ?? new Map(),
    names: {
      called: joinNames(output?.names ?? []),
      offered: toolNames(reader, tools),
    },
  };
}

/** What the items of an output say, as they come. */
class Tally {
  turns = 0;
  calls = 0;
  results = 0;
  users = 0;
  answer: LineValue | undefined;
  lastRole: string | undefined;
  hasImages = false;
  hasTokens = false;
  readonly types = new Map<string | undefined, number>();
  private isTurn = false;

  /** `names`: those of all lists of the output. */
  constructor(readonly names: Names[]) {}

  /** Reasoning, calls and messages of the assistant are one turn until another message or the output of a call; if they say nothing, none. */
  add(item: Item): void {
    const { kind, text, type } = item;
    this.types.set(type, (this.types.get(type) ?? 0) + 1);
    this.hasImages ||= item.hasImages;
    this.hasTokens ||= item.hasTokens;
    if (item.names?.length !== 0) this.names.push(item.names);
    if (kind === undefined) return;
    this.lastRole = speakerOf(item);
    if (this.lastRole === 'assistant') {
      if (item.speaks && !this.isTurn) this.turns++;
      this.isTurn ||= item.speaks;
    } else this.isTurn = false;
    if (kind === 'function_call') this.calls++;
    if (kind === 'function_call_output') this.results++;
    if (kind === 'user') this.users++;
    if (kind === 'assistant') this.answer = text ?? this.answer;
  }
}

/** The items of an output; where its last element is a list, the items of that, which is the whole history. Images and tokens of all. */
function readOutput(reader: ValueReader, output: LineValue | undefined): Tally | undefined {
  if (!isList(output)) return undefined;
  const names: Names[] = [];
  const own = new Tally(names);
  let tally = own;
  let [hasImages, hasTokenLists] = [false, false];
  for (const element of reader.elements(output)) {
    tally = isList(element) ? new Tally(names) : own;
    if (isList(element)) for (const item of reader.elements(element)) tally.add(readItem(reader, item));
    else tally.add(readItem(reader, element));
    hasImages ||= tally.hasImages;
    hasTokenLists ||= tally.hasTokens;
  }
  tally.hasImages = hasImages;
  tally.hasTokens = hasTokenLists;
  return tally;
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
  let users = 0;
  let prompt: LineValue | undefined;
  let lastRole: string | undefined;
  let hasImages = false;
  for (const element of reader.elements(input)) {
    const item = readItem(reader, element);
    lastRole = speakerOf(item) ?? lastRole;
    hasImages ||= item.hasImages;
    if (item.kind !== 'user') continue;
    users++;
    prompt = item.text ?? prompt;
  }
  return { users, prompt, lastRole, hasImages };
}

/** Who says an item. */
function speakerOf({ kind }: Item): string | undefined {
  if (kind === 'reasoning' || kind === 'function_call') return 'assistant';
  return kind === 'function_call_output' ? 'tool' : kind;
}

function isList(value: LineValue | undefined): value is LineValue {
  return value?.kind === CellKind.array;
}

function count(values: Iterable<unknown>): number {
  let found = 0;
  for (const _ of values) found++;
  return found;
}
