import { expect, test } from 'vitest';
import { asUnchanging, memo, memoInSteps, noteChanging } from './memo.ts';
import { memoryIndex } from './testing/memory-index.ts';

test('keeps the latest results until the index grows', () => {
  const calls: string[] = [];
  const upper = memo(2, (_, key: string) => {
    calls.push(key);
    return key.toUpperCase();
  });
  const index = memoryIndex([{ x: 1 }]);
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(upper(index, key)).toBe(key.toUpperCase());
  expect(calls).toEqual(['a', 'b', 'c', 'b']); // c pushed b out, which a had outlived
  index.grow([{ x: 2 }]);
  upper(index, 'b');
  expect(calls).toHaveLength(5);
});

test('work done in steps is shared, gone on with, and done at once where it is wanted at once', () => {
  let steps = 0;
  const count = memoInSteps(2, function* (_, most: number) {
    for (let i = 0; i < most; i++) {
      steps++;
      yield;
    }
    return most;
  });
  const index = memoryIndex([{ x: 1 }]);
  const [first, second] = [count.steps(index, 10), count.steps(index, 10)];
  for (let i = 0; i < 3; i++) expect([first.next().done, second.next().done]).toEqual([false, false]);
  expect(steps).toBe(6);
  expect(count(index, 10)).toBe(10);
  expect(steps).toBe(10);
  expect([first.next(), second.next()]).toEqual([
    { done: true, value: 10 },
    { done: true, value: 10 },
  ]);
  // What is there is there at once.
  expect(count.steps(index, 10).next().done).toBe(true);
  expect(steps).toBe(10);

  const old = count.steps(index, 4);
  old.next();
  index.grow([{ x: 2 }]);
  expect(count(index, 4)).toBe(4);
  expect(steps).toBe(15);
  while (!old.next().done);
  expect(steps).toBe(18);
});

test('a failure is that of all who share the work, and the next one tries again', () => {
  let tries = 0;
  const failing = memoInSteps(2, function* (_, key: string) {
    yield;
    if (++tries < 2) throw new RangeError(key);
    return key;
  });
  const index = memoryIndex([{ x: 1 }]);
  const [first, second] = [failing.steps(index, 'a'), failing.steps(index, 'a')];
  first.next();
  second.next();
  expect(() => first.next()).toThrow('a');
  expect(() => second.next()).toThrow('a');
  expect(failing(index, 'a')).toBe('a');
  expect(tries).toBe(2);
});

test('what reads marks is kept until they change, and what is computed from it; all else outlives them', () => {
  const calls: string[] = [];
  let changes = 0;
  const index = Object.defineProperty(memoryIndex([{ x: 1 }]), 'changes', { get: () => changes });
  const marks = memo(2, (_, key: string) => {
    calls.push(`marks ${key}`);
    noteChanging();
    return changes;
  });
  const derived = memo(4, (from: typeof index, key: string) => {
    calls.push(key);
    return key === 'plain' ? -1 : key === 'names' ? asUnchanging(() => marks(from, 'a')) : marks(from, 'a');
  });
  const ask = () => ['plain', 'stars', 'names'].map((key) => derived(index, key));
  expect([ask(), ask()]).toEqual([
    [-1, 0, 0],
    [-1, 0, 0],
  ]);
  expect(calls).toEqual(['plain', 'stars', 'marks a', 'names']);
  changes = 1;
  expect(ask()).toEqual([-1, 1, 0]);
  expect(calls.slice(4)).toEqual(['stars', 'marks a']);
  // Read from what is kept, it is still of the marks.
  const later = memo(2, (from: typeof index) => marks(from, 'a'));
  expect(later(index, '')).toBe(1);
  changes = 2;
  expect(later(index, '')).toBe(2);
});
