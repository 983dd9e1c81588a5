import path from 'node:path';
import { expect, test } from 'vitest';
import { fuzzBroken } from './broken.ts';
import { brokenKernels } from './broken-kernels.ts';

// Every second one: `npm run fuzz -- --broken` tries them all, in about a minute.
const kernels = brokenKernels.filter((_, i) => i % 2 === 0);

test('the fuzz finds kernels that are broken on purpose', { timeout: 240_000 }, async () => {
  const missed: string[] = [];
  let tried = 0;
  for await (const { kernel, found } of fuzzBroken(path.resolve(import.meta.dirname, '../..'), kernels)) {
    tried++;
    if (found === undefined) missed.push(kernel.harm);
  }
  expect(missed).toEqual([]);
  expect(tried).toBe(kernels.length);
  expect(tried).toBeGreaterThan(20);
});
