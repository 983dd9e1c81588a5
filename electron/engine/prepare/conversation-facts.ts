import type { Message } from '#shared/model/conversation.ts';
import { type JsonObject, writeJson } from '#shared/model/json.ts';
import type { Bitset } from '../query/index.ts';
import { canonicalConversation } from '../rollout/index.ts';
import type { LineFact } from './line-facts.ts';

/** A set of rows that grows with the rows looked at. */
class GrowingBits {
  private words = new Uint32Array(0);

  reserve(rows: number): void {
    const length = (rows + 31) >>> 5;
    if (this.words.length >= length) return;
    const larger = new Uint32Array(Math.max(length, this.words.length * 2));
    larger.set(this.words);
    this.words = larger;
  }

  add(row: number): void {
    this.words[row >>> 5] = (this.words[row >>> 5] ?? 0) | (1 << (row & 31));
  }

  of(rows: number): Bitset {
    const bits = new Uint32Array((rows + 31) >>> 5);
    bits.set(this.words.subarray(0, bits.length));
    return bits;
  }
}

/** The rollouts in whose conversation a pattern is found: in one text of a message, its reasoning, or a call. */
export class TextMatches implements LineFact {
  done = 0;
  private readonly found = new GrowingBits();

  constructor(private readonly test: (text: string) => boolean) {}

  reserve(rows: number): void {
    this.found.reserve(rows);
  }

  take(row: number, rollout: JsonObject | undefined): void {
    this.done = row + 1;
    if (rollout === undefined) return;
    const { messages } = canonicalConversation(rollout, { reasoning: 'separate', arguments: 'text' });
    if (messages.some((message) => textsOf(message).some(this.test))) this.found.add(row);
  }

  rows(): Bitset {
    return this.found.of(this.done);
  }
}

function textsOf({ content, reasoning_content: reasoning = '', tool_calls: calls = [] }: Message): string[] {
  const parts =
    typeof content === 'string' ? [content] : content.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : []));
  const called = calls.flatMap(({ function: { name, arguments: given } }) => [name, typeof given === 'string' ? given : writeJson(given)]);
  return [...parts, reasoning, ...called];
}
