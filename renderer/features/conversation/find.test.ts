import { expect, test } from 'vitest';
import { conversationBlocks } from './blocks.ts';
import { cutAtMarks, findHits, indexMarks } from './find.ts';

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

test('marks cut a text so that its pieces join to it, and know the current one', () => {
  const text = 'Vary the distance (m), then the DISTANCE.';
  const marks = indexMarks(findHits(blocks, 'distance'), 1).get('0-text')?.get('text-0');
  expect(marks?.current).toBe(1);
  const pieces = cutAtMarks(text, marks);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces.filter((piece) => piece.mark !== null)).toEqual([
    { text: 'distance', mark: 0 },
    { text: 'DISTANCE', mark: 1 },
  ]);
});

test('a preview that begins later or ends early shows the marks it holds', () => {
  const marks = indexMarks(findHits(blocks, 'distance'), 0).get('0-text')?.get('text-0');
  expect(cutAtMarks('the dist', marks, 5)).toEqual([
    { text: 'the ', mark: null },
    { text: 'dist', mark: 0 },
  ]);
});
