import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/rollouts');
const hasFiles = existsSync(folder);

test(
  'the kernel agrees with JSON.parse and the reference scanner on edges, borders, dense rows and mutated rows',
  { timeout: 120_000 },
  () => {
    const result = fuzz({ seed: 7, mutatedRows: 3000, alignments: 2 });
    expect(result.disagreements).toEqual([]);
    expect(result.rows).toBeGreaterThan(100_000);
    expect(result.invalid).toBeGreaterThan(50_000);
    expect(result.cells).toBeGreaterThan(30_000);
    expect(result.validShare).toBeGreaterThan(0.5);
  },
);

test.skipIf(!hasFiles)('… and on all reference files (skipped: no ../shared/rollouts here)', { timeout: 120_000 }, () => {
  const result = fuzz({ seed: 8, mutatedRows: 3000, folder });
  expect(result.disagreements).toEqual([]);
  expect(result.cells).toBeGreaterThan(20_000);
  expect(result.validShare).toBeGreaterThan(0.5);
});
