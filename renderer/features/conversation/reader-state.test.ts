import { expect, test } from 'vitest';
import { conversationBlocks } from './blocks.ts';
import { initialReader, isOpen, reduceReader, stepCursor, visibleBlocks, type ReaderAction } from './reader-state.ts';

const blocks = conversationBlocks([
  { role: 'system', content: 'Be exact.' },
  { role: 'user', content: 'Go' },
  { role: 'assistant', content: 'Done', reasoning_content: 'Hm' },
]);
function after(...actions: ReaderAction[]) {
  return actions.reduce(reduceReader, initialReader);
}

test('a place opens for itself; o then folds everything, and again opens every kind', () => {
  const one = after({ type: 'fold', place: '2-reasoning', open: true });
  expect(isOpen(one, 'reasoning', '2-reasoning')).toBe(true);
  expect(isOpen(one, 'reasoning', '4-reasoning')).toBe(false);
  const none = reduceReader(one, { type: 'fold.all' });
  expect(isOpen(none, 'reasoning', '2-reasoning')).toBe(false);
  expect(isOpen(reduceReader(none, { type: 'fold.all' }), 'tool', 'any')).toBe(true);
});

test('another rollout keeps open kinds, hidden kinds, tab and search, and forgets places and cursor', () => {
  const state = after(
    { type: 'fold.all' },
    { type: 'fold', place: '0-text', open: false },
    { type: 'hide', kind: 'tool' },
    { type: 'search', text: 'law' },
    { type: 'cursor', block: '1-text' },
    { type: 'hit', hit: 3 },
    { type: 'rollout' },
  );
  expect(state).toMatchObject({ folds: {}, hidden: ['tool'], search: 'law', cursor: null, hit: 0 });
  expect(isOpen(state, 'system', '0-text')).toBe(true);
});

test('hidden kinds are left out, and come back', () => {
  const hidden = after({ type: 'hide', kind: 'reasoning' }, { type: 'hide', kind: 'system' });
  expect(visibleBlocks(blocks, hidden.hidden).map(({ kind }) => kind)).toEqual(['user', 'assistant']);
  expect(visibleBlocks(blocks, reduceReader(hidden, { type: 'hide', kind: 'system' }).hidden)).toHaveLength(3);
});

test('the cursor begins at either end and stops there', () => {
  expect(stepCursor(blocks, null, 1)).toBe('0-text');
  expect(stepCursor(blocks, null, -1)).toBe('2-text');
  expect(stepCursor(blocks, '2-text', 1)).toBe('2-text');
  expect(stepCursor(blocks, 'gone', 1)).toBe('0-text');
  expect(stepCursor([], null, 1)).toBeNull();
});
