import { expect, test } from 'vitest';
import { conversationBlocks } from './blocks.ts';
import { findHits, indexMarks } from './find.ts';

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
