import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { OptionValue } from '#shared/model/recipe.ts';
import { seededRandom } from '../select/index.ts';
import { describeLengths } from './length.ts';
import { planExport } from './plan.ts';
import { runExport } from './run.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder } from './testing/source.ts';

const random = seededRandom(3);
const lines = Array.from({ length: 60 }, (_, i) =>
  rolloutLine(Math.floor(i / 4), (i % 4) / 3, `answer ${i} ${'ü '.repeat(Math.floor(random() * 4000))}`),
);

interface Row {
  readonly prompt?: unknown;
  readonly chosen?: unknown;
  readonly rejected?: unknown;
}

/** Tokens of each row that was written, four bytes each, of a pair those of its longer side. */
async function writtenLengths(target: string, options: Record<string, OptionValue>): Promise<number[]> {
  const folder = temporaryFolder();
  await runExport(memorySource(lines), recipeOf(target, options), { folder, overwrite: false });
  const rows = readFileSync(path.join(folder, 'train.jsonl'), 'utf8').trimEnd().split('\n');
  return rows.map((text) => {
    const { prompt, chosen, rejected }: Row = JSON.parse(text);
    const sides = chosen === undefined ? [text] : [chosen, rejected].map((completion) => JSON.stringify({ prompt, completion }));
    return Math.max(...sides.map((side) => Buffer.byteLength(side))) / 4;
  });
}

test.each(['trl/sft', 'trl/kto', 'trl/dpo', 'trl/reward', 'openrlhf/dpo'])(
  '%s: examples over the trainer’s length and over the one asked for are counted as they are written',
  async (target) => {
    const options = { format: 'jsonl', meta: false, 'max-length': 1500 };
    const limits = target === 'openrlhf/dpo' ? [512, 1500] : [1024, 1500];
    const { over, rowsWritten, lengths: told } = await planExport(memorySource(lines), recipeOf(target, options));
    if (target !== 'openrlhf/dpo') {
      const lengths = await writtenLengths(target, options);
      // A plan knows what rollouts give to rows, not the few bytes that are put around it.
      const sorted = Float64Array.from(lengths).sort();
      const near = (length: number | undefined, written: number | undefined): number => Math.abs((length ?? 0) - (written ?? Infinity));
      expect(near(told?.longest, sorted.at(-1))).toBeLessThan(8);
      expect(near(told?.median, sorted[Math.floor(sorted.length / 2)])).toBeLessThan(8);
      expect(
        near(
          told?.total,
          lengths.reduce((sum, length) => sum + length, 0),
        ),
      ).toBeLessThan(8 * sorted.length);
      expect(over).toEqual(limits.map((tokens) => ({ tokens, examples: lengths.filter((length) => length > tokens).length })));
    }
    expect(told?.counts.reduce((sum, count) => sum + count, 0)).toBe(rowsWritten);
    expect(over.map(({ tokens }) => tokens)).toEqual(limits);
    expect(over[0]?.examples).toBeGreaterThan(0);
    expect(over[0]?.examples).toBeLessThanOrEqual(rowsWritten);
    const shorter = await planExport(memorySource(lines), recipeOf(target, { ...options, longer: 'leave-out' }));
    expect(shorter.over[1]).toEqual({ tokens: 1500, examples: 0 });
  },
);

test('nothing is counted where neither trainer nor user sets a length', async () => {
  expect((await planExport(memorySource(lines), recipeOf('nemo-rl/sft'))).over).toEqual([]);
  expect((await planExport(memorySource(lines), recipeOf('custom/rollouts'))).over).toEqual([]);
});

test('lengths fall into equal parts up to the longest, and of nothing there is nothing to say', () => {
  expect(describeLengths(new Float64Array())).toBeNull();
  const told = describeLengths(Float64Array.of(0, 9, 10, 395, 400));
  expect(told).toMatchObject({ total: 814, median: 10, longest: 400 });
  expect([told?.counts[0], told?.counts[1], told?.counts.at(-1), told?.counts.length]).toEqual([2, 1, 2, 40]);
  expect(describeLengths(Float64Array.of(0, 0))?.counts[0]).toBe(2);
});

test('a plan of nothing has no lengths, one without limits has', async () => {
  expect((await planExport(memorySource([]), recipeOf('custom/rollouts'))).lengths).toBeNull();
  expect((await planExport(memorySource(lines), recipeOf('nemo-rl/preference'))).lengths?.longest).toBeGreaterThan(100);
});
