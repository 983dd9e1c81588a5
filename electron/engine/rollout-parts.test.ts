import { expect, test } from 'vitest';
import type { Message } from '#shared/model/conversation.ts';
import type { RolloutDetail } from '#shared/model/rollout.ts';
import { inParts } from './rollout-parts.ts';

const detail = (messages: Message[]): RolloutDetail => ({
  kind: 'rollout',
  row: 0,
  file: 'a.jsonl',
  bytes: 1,
  line: 1,
  byteOffset: 0,
  task: '0',
  messages,
  tools: [],
  metrics: {},
  problems: [],
  unknownItems: [],
  promptMessages: 1,
  fields: [],
  request: {},
  siblings: [],
});

function told(messages: Message[]): { parts: Message[][]; rest: Message[] } {
  const parts: Message[][] = [];
  const answer = inParts(detail(messages), (part) => parts.push(part.messages));
  return { parts, rest: answer.kind === 'rollout' ? answer.messages : [] };
}

test('a short conversation comes whole, a long one in parts of about the same size, and nothing is lost', () => {
  const short: Message[] = [{ role: 'user', content: 'a' }];
  expect(told(short)).toEqual({ parts: [], rest: short });
  const long = Array.from({ length: 3000 }, (_, at): Message => ({
    role: 'assistant',
    content: at % 2 === 0 ? 'x'.repeat(400) : [{ type: 'text', text: 'y'.repeat(400) }],
    reasoning_content: 'z'.repeat(100),
    tool_calls: [{ type: 'function', function: { name: 'run', arguments: at % 3 === 0 ? '{"a":1}' : { a: 'b'.repeat(300) } } }],
  }));
  const { parts, rest } = told(long);
  expect(parts.length).toBeGreaterThan(5);
  expect([...parts.flat(), ...rest]).toEqual(long);
  for (const part of [...parts, rest]) expect(JSON.stringify(part).length).toBeLessThan(600_000);
});

test('a message that is larger than a part is a part', () => {
  const messages: Message[] = ['a', 'b'.repeat(1_000_000), 'c'].map((content) => ({ role: 'user', content }));
  const { parts, rest } = told(messages);
  expect(parts).toEqual([messages.slice(0, 2)]);
  expect(rest).toEqual(messages.slice(2));
});
