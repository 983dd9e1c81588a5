import type { JsonValue, Message } from '#shared/model/conversation.ts';
import { argumentPairs, type ArgumentPair } from './arguments.ts';
import { messageParts, partText, textParts, type Part } from './parts.ts';

export type BlockKind = 'system' | 'user' | 'reasoning' | 'assistant' | 'tool' | 'unknown';

interface Step {
  /** Unique in the conversation. */
  readonly id: string;
  readonly kind: BlockKind;
  /** Index of the message it belongs to; what a permalink names. */
  readonly message: number;
}
export interface TextBlock extends Step {
  readonly kind: 'system' | 'user' | 'reasoning' | 'assistant' | 'unknown';
  readonly parts: readonly Part[];
}
/** A call joined with its output. An output that answers no call stands alone (`called` is false). */
export interface ToolBlock extends Step {
  readonly kind: 'tool';
  readonly name: string;
  readonly called: boolean;
  /** Arguments as the file writes them, and as pairs where they are a JSON object. */
  readonly raw: string;
  readonly pairs: readonly ArgumentPair[] | null;
  /** Null: the call was never answered. */
  readonly output: readonly Part[] | null;
}
export type Block = TextBlock | ToolBlock;

/** The steps of a conversation in reading order: of one assistant message first reasoning, then text, then calls. */
export function conversationBlocks(messages: readonly Message[], unknownItems: readonly JsonValue[] = []): Block[] {
  const builder = new BlockBuilder(messages, unknownItems);
  builder.build(() => true);
  return [...builder.blocks];
}

/** The same a piece at a time: a conversation may have thousands of messages. */
export class BlockBuilder {
  readonly #blocks: Block[] = [];
  /** Positions of calls that wait for an output, by call id. */
  readonly #waiting = new Map<string, number[]>();
  readonly #messages: readonly Message[];
  readonly #unknownItems: readonly JsonValue[];
  #next = 0;
  #isWhole = false;

  constructor(messages: readonly Message[], unknownItems: readonly JsonValue[]) {
    this.#messages = messages;
    this.#unknownItems = unknownItems;
  }

  /** Those of the messages gone through so far. */
  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Goes on for as long as there is time; asked before each message, with how many there were. */
  build(hasTime: (messages: number) => boolean): void {
    for (; this.#next < this.#messages.length; this.#next++) {
      if (!hasTime(this.#next)) return;
      const message = this.#messages[this.#next];
      if (message === undefined) continue;
      if (message.role === 'tool') answer(this.#blocks, this.#waiting, message, this.#next);
      else speak(this.#blocks, this.#waiting, message, this.#next);
    }
    if (this.#isWhole) return;
    this.#isWhole = true;
    this.#unknownItems.forEach((item, index) => {
      const part: Part = { kind: 'code', text: JSON.stringify(item, null, 2), language: 'json' };
      this.#blocks.push({ id: `unknown-${index}`, kind: 'unknown', message: this.#messages.length, parts: [part] });
    });
  }
}

function speak(blocks: Block[], waiting: Map<string, number[]>, message: Message, index: number): void {
  const { reasoning_content: reasoning, tool_calls: calls = [] } = message;
  if (reasoning !== undefined && reasoning.trim() !== '') {
    blocks.push({ id: `${index}-reasoning`, kind: 'reasoning', message: index, parts: textParts(reasoning) });
  }
  const parts = messageParts(message.content);
  const kind = message.role === 'tool' ? 'assistant' : message.role;
  const silent = parts.every((part) => part.kind !== 'image' && part.text.trim() === '');
  if (!silent || (calls.length === 0 && reasoning === undefined)) blocks.push({ id: `${index}-text`, kind, message: index, parts });
  calls.forEach((call, position) => {
    const key = call.id ?? '';
    waiting.set(key, [...(waiting.get(key) ?? []), blocks.length]);
    const { name, arguments: given } = call.function;
    const raw = typeof given === 'string' ? given : JSON.stringify(given);
    blocks.push({
      id: `${index}-call-${position}`,
      kind: 'tool',
      message: index,
      name,
      called: true,
      raw,
      pairs: argumentPairs(raw),
      output: null,
    });
  });
}

/** Gives an output to the earliest call of its id that has none: some writers use one id again in every turn. */
function answer(blocks: Block[], waiting: Map<string, number[]>, message: Message, index: number): void {
  const output = messageParts(message.content);
  const position = waiting.get(message.tool_call_id ?? '')?.shift();
  const call = position === undefined ? undefined : blocks[position];
  if (position !== undefined && call?.kind === 'tool') {
    blocks[position] = { ...call, output };
    return;
  }
  const name = message.name ?? message.tool_call_id ?? '';
  blocks.push({ id: `${index}-output`, kind: 'tool', message: index, name, called: false, raw: '', pairs: [], output });
}

/** A text of a block that can be found, in reading order. `id` names the place in the block. */
export interface Segment {
  readonly id: string;
  readonly text: string;
}

export function segmentsOf(block: Block): Segment[] {
  if (block.kind !== 'tool') return partSegments('text', block.parts);
  const call = block.pairs?.flatMap((pair, index) => [
    { id: `name-${index}`, text: pair.name },
    { id: `value-${index}`, text: pair.text },
  ]) ?? [{ id: 'raw', text: block.raw }];
  return [{ id: 'call', text: block.name }, ...call, ...partSegments('output', block.output ?? [])];
}

function partSegments(prefix: string, parts: readonly Part[]): Segment[] {
  return parts.map((part, index) => ({ id: `${prefix}-${index}`, text: partText(part) }));
}

const lengths = new WeakMap<Block, number>();

/** Characters of a block: what the bars of the outline show. */
export function blockLength(block: Block): number {
  let length = lengths.get(block);
  if (length === undefined) lengths.set(block, (length = segmentsOf(block).reduce((sum, segment) => sum + segment.text.length, 0)));
  return length;
}
