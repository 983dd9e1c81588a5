import { expect, test } from 'vitest';
import { planExport } from './plan.ts';
import { made } from './testing/rows.ts';
import { memorySource, recipeOf, rolloutLine } from './testing/source.ts';

const long = 'We add three and four to get seven and then we multiply seven by two so that the answer is fourteen in the end';
const almost = `${long} indeed`;
const other = 'Nothing of this has anything to do with the question, but it is long enough to be compared with all of the rest';

const answersOf = (rows: readonly Record<string, unknown>[]): string[] =>
  rows.map(({ messages }) => (Array.isArray(messages) ? String(messages.at(-1)?.content) : ''));

test('of answers to a task that are nearly the same, the first stays, and the other says which one it is like', async () => {
  const lines = [rolloutLine(1, 0.2, long), rolloutLine(1, 0.9, almost), rolloutLine(1, 1, other), rolloutLine(2, 1, long)];
  const { rows, manifest, read } = await made('trl/sft', lines, { 'near-dedupe': 'answer' });
  expect(answersOf(rows)).toEqual([long, other, long]);
  expect(manifest.excluded).toMatchObject([
    { reason: 'sampling/near-duplicate', count: 1, examples: [{ line: 2, detail: '95.2 % as line 1' }] },
  ]);
  expect(read('report.md')).toContain('line 2 (95.2 % as line 1)');
});

test('the best stays where that is asked for', async () => {
  const lines = [rolloutLine(1, 0.2, long), rolloutLine(1, null, almost), rolloutLine(1, 0.9, almost), rolloutLine(1, 1, other)];
  const { rows, manifest } = await made('trl/sft', lines, { 'near-dedupe': 'answer', 'near-keep': 'best' });
  expect(answersOf(rows)).toEqual([almost, other]);
  expect(manifest.excluded).toMatchObject([
    {
      count: 2,
      examples: [
        { line: 1, detail: '95.2 % as line 3' },
        { line: 2, detail: '100 % as line 3' },
      ],
    },
  ]);
});

const asked = (task: number, question: string, answer: string): string =>
  rolloutLine(task, 1, answer).replace(`question ${task}`, question);

test('of prompts that are nearly the same, the first stays with every rollout that was asked it', async () => {
  const lines = [asked(1, long, 'a'), asked(2, almost, 'b'), asked(1, long, 'c'), asked(2, almost, 'd'), asked(3, other, 'e')];
  const { rows, manifest } = await made('trl/sft', lines, { 'near-dedupe': 'prompt' });
  expect(answersOf(rows)).toEqual(['a', 'c', 'e']);
  expect(manifest.excluded).toMatchObject([{ count: 2, examples: [{ line: 2, detail: '95.2 % as line 1' }, { line: 4 }] }]);
  const { rowsWritten, rolloutsUsed } = await planExport(memorySource(lines), recipeOf('nemo-rl/grpo', { 'near-dedupe': 'prompt' }));
  expect([rowsWritten, rolloutsUsed]).toEqual([2, 3]);
});

test('with the threshold at 1 only the same words are duplicates', async () => {
  const lines = [rolloutLine(1, 1, long), rolloutLine(1, 1, almost), rolloutLine(1, 1, long.toUpperCase())];
  const { rows } = await made('trl/sft', lines, { 'near-dedupe': 'answer', 'near-threshold': 1 });
  expect(answersOf(rows)).toEqual([long, almost]);
});
