import { expect, test } from 'vitest';
import { conversationBlocks, segmentsOf } from './blocks.ts';
import { findHits, hitOfSnippet, indexMarks } from './find.ts';

const blocks = conversationBlocks([
  { role: 'user', content: 'Vary the distance (m), then the DISTANCE.' },
  {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 'a', type: 'function', function: { name: 'run', arguments: '{"distance": 1.0}' } }],
  },
  { role: 'tool', tool_call_id: 'a', content: 'distance too small' },
]);

test('hits come in reading order, letter case aside, in names, values and outputs', () => {
  expect(findHits(blocks, 'Distance').map((hit) => `${hit.block} ${hit.segment} ${hit.start}`)).toEqual([
    '0-text text-0 9',
    '0-text text-0 32',
    '1-call-0 name-0 0',
    '1-call-0 output-0 0',
  ]);
});

test('what is typed is text, not a pattern', () => {
  expect(findHits(blocks, '(m)')).toHaveLength(1);
  expect(findHits(blocks, '.*')).toHaveLength(0);
  expect(findHits(blocks, '')).toHaveLength(0);
});

test('marks are told by block and place, and know the current one', () => {
  const marks = indexMarks(findHits(blocks, 'distance'), 1);
  expect(marks.get('0-text')?.get('text-0')).toMatchObject({ ranges: [{ start: 9 }, { start: 32 }], current: 1 });
  expect(marks.get('1-call-0')?.get('name-0')).toMatchObject({ current: -1 });
  expect(marks.get('1-call-0')?.get('value-0')).toBeUndefined();
});

test('a hit of a search is found again by what stands around it, in parts of a message too', () => {
  const blocks = conversationBlocks([
    { role: 'user', content: 'The pump is `pump.py`. Mend it:\n```python\nassert pump == 1\nreturn pump\n```\nThank you, pump.' },
    { role: 'assistant', content: 'No pump.', reasoning_content: 'A pump. No pump.' },
  ]);
  const hits = findHits(blocks, 'pump');
  const textAt = (index: number): string | undefined => {
    const hit = hits[index];
    const block = blocks.find(({ id }) => id === hit?.block);
    const segment = block && segmentsOf(block).find(({ id }) => id === hit?.segment)?.text;
    return hit && segment?.slice(hit.start, hit.start + 12);
  };
  const found = (scope: 'messages' | 'reasoning', text: string, start: number): number =>
    hitOfSnippet(blocks, hits, { scope, at: '', text, start, end: start + 4 });
  expect(textAt(found('messages', 'Mend it:\n```python\nassert pump == 1\nreturn', 26))).toMatch(/^pump == 1/);
  expect(textAt(found('messages', 'return pump\n```\nThank', 7))).toBe('pump');
  expect(hits[found('messages', 'No pump.', 3)]?.block).toBe('1-text');
  expect(hits[found('reasoning', 'A pump. No pump.', 11)]?.block).toBe('1-reasoning');
  expect(found('messages', 'nothing like it', 2)).toBe(0);
});
