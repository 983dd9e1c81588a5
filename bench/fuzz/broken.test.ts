import path from 'node:path';
import { expect, test } from 'vitest';
import { fuzzBroken } from './broken.ts';
import { brokenKernels } from './broken-kernels.ts';

test('the fuzz finds every kernel that is broken on purpose', { timeout: 240_000 }, async () => {
  const missed: string[] = [];
  let tried = 0;
  for await (const { kernel, found } of fuzzBroken(path.resolve(import.meta.dirname, '../..'))) {
    tried++;
    if (found === undefined) missed.push(kernel.harm);
  }
  expect(missed).toEqual([]);
  expect(tried).toBe(brokenKernels.length);
  expect(tried).toBeGreaterThan(30);
});
