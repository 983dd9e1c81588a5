import { expect, test } from 'vitest';
import type { TokenTotals } from '#shared/model/training.ts';
import { trainedExample } from './plan.ts';
import { memorySource, recipeOf, rolloutLine } from './testing/source.ts';
import { totalTokens } from './total-tokens.ts';

const words = (count: number): string => Array.from({ length: count }, (_, i) => `word${i}`).join(' ');
const answers = (lengths: readonly number[]): string[] => lengths.map((length, task) => rolloutLine(task, 1, words(length)));

async function summedOneByOne(lines: readonly string[], target: string): Promise<{ tokens: number; trained: number }> {
  const source = memorySource(lines);
  const sums = { tokens: 0, trained: 0 };
  for (let i = 0; i < lines.length; i++) {
    const example = await trainedExample(source, recipeOf(target), i, { tools: {} });
    for (const text of example?.texts ?? []) {
      sums.tokens += text.tokens;
      sums.trained += text.trainedTokens;
    }
  }
  return sums;
}

async function totalsOf(lines: readonly string[], target: string): Promise<TokenTotals | null> {
  return await totalTokens(memorySource(lines), recipeOf(target), { tools: {} });
}

test('of few examples every one is summed', async () => {
  const lines = answers([3, 40, 7, 200]);
  expect(await totalsOf(lines, 'trl/sft')).toEqual({
    ...(await summedOneByOne(lines, 'trl/sft')),
    examples: 4,
    refused: 0,
    loss: 'tokens',
    tokenizer: null,
  });
});

test('of many some that are spread over all stand for the others, whatever the order of their lengths', async () => {
  const lines = answers(Array.from({ length: 1200 }, (_, i) => 5 + Math.floor(i / 4)));
  const all = await summedOneByOne(lines, 'trl/sft');
  const told = await totalsOf(lines, 'trl/sft');
  expect(told?.examples).toBe(256);
  expect(Math.abs((told?.tokens ?? 0) / all.tokens - 1)).toBeLessThan(0.02);
  expect(Math.abs((told?.trained ?? 0) / all.trained - 1)).toBeLessThan(0.02);
});

test('where the policy answers nothing is trained; where no trainer is known nothing is told', async () => {
  const lines = answers([3, 4]);
  expect(await totalsOf(lines, 'custom/map')).toBeNull();
  expect(await totalsOf([], 'trl/sft')).toBeNull();
  expect(await totalsOf(lines, 'nemo-rl/grpo')).toMatchObject({ trained: 0, loss: 'none' });
});
