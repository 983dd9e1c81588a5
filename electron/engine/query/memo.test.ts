import { expect, test } from 'vitest';
import { memo } from './memo.ts';
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
