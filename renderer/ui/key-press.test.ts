import { expect, test } from 'vitest';
import { allKeyCaps, isKey, keyCaps, keyIn, listStep, pressOf, tabStep, type KeyPress } from './key-press.ts';
import { keyEntry, keyIds } from './key-table.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

test('the press that an entry asks for means this entry in its scope, and no other', () => {
  for (const id of keyIds) {
    const asked = { metaKey: false, ...pressOf(id) };
    expect(keyIn(keyEntry(id).scope, asked), id).toBe(id);
    expect(isKey(id, asked), id).toBe(true);
  }
});

test('a key that is held down with another means something else', () => {
  expect(keyIn('threshold', press('ArrowLeft'))).toBe('threshold.less');
  expect(keyIn('threshold', press('ArrowLeft', { shiftKey: true }))).toBe('threshold.muchLess');
  expect(keyIn('threshold', press('ArrowLeft', { altKey: true }))).toBeNull();
  expect(keyIn('threshold', press('ArrowLeft', { ctrlKey: true }))).toBeNull();
  expect(keyIn('columns', press('ArrowUp', { altKey: true }))).toBe('columns.up');
  expect(keyIn('columns', press('ArrowUp'))).toBeNull();
  expect(keyIn('line', press('Tab', { shiftKey: true }))).toBeNull();
});

test('a sign is the same with Shift and without; capitals count as small letters with Shift held', () => {
  expect(isKey('help', press('?', { shiftKey: true }))).toBe(true);
  expect(isKey('help', press('?'))).toBe(true);
  expect(isKey('sort.reward', press('R', { shiftKey: true }))).toBe(true);
  expect(isKey('sort.reward', press('r'))).toBe(false);
});

test('what moves as a list does knows its keys in one place', () => {
  expect(listStep(press('j'), 10)).toBe(1);
  expect(listStep(press('ArrowUp'), 10)).toBe(-1);
  expect(listStep(press('PageDown'), 10)).toBe(10);
  expect(listStep(press('End'), 10)).toBe(Infinity);
  expect(listStep(press('Enter'), 10)).toBeNull();
  expect([tabStep(press('ArrowRight')), tabStep(press('ArrowLeft')), tabStep(press('a'))]).toEqual([1, -1, 0]);
});

test('caps say every key of an entry', () => {
  expect(keyCaps('threshold.muchLess')).toEqual(['⇧', '←']);
  expect(allKeyCaps('columns.up')).toEqual([['Alt', '↑']]);
  expect(allKeyCaps('list.down')).toEqual([['J'], ['↓']]);
});
