import { expect, test } from 'vitest';
import type { ExportPlan } from '#shared/model/export.ts';
import { initialExport } from '../../state/export-state.ts';
import { madePlan, madeTargets } from '../../testing/made-export.ts';
import { funnel, leftOut, optionsCaption } from './words.ts';

const plan: ExportPlan = madePlan;
const [trl] = madeTargets;
if (trl === undefined) throw new Error('no target');

test('each reason is named once, and reasons and used rollouts add up to the file', () => {
  const reasons = leftOut(plan);
  expect(new Set(reasons.map(({ id }) => id)).size).toBe(reasons.length);
  expect(reasons.reduce((sum, { count }) => sum + count, 0) + plan.rolloutsUsed).toBe(plan.rowsRead);
  expect(reasons.map(({ count }) => count)).toEqual([...reasons].map(({ count }) => count).sort((a, b) => b - a));
});

test('the funnel never widens on its way from the file to what is used', () => {
  const stages = funnel(plan, trl);
  expect(stages.map(({ name }) => name)).toEqual(['in the file', 'in the filter', 'fit TRL SFT', 'written']);
  expect(stages.map(({ count }) => count)).toEqual([4000, 2600, 2580, 1000]);
  expect(stages[0]?.share).toBe(1);
  const pairs = funnel({ ...plan, rowsWritten: 500 }, trl);
  expect(pairs.slice(3)).toMatchObject([
    { name: 'after sampling', count: 1000 },
    { name: 'written', count: 500 },
  ]);
});

test('a step says under its name what differs from the defaults', () => {
  expect(optionsCaption(initialExport, trl, 'mapping')).toBe('default');
  expect(optionsCaption({ ...initialExport, options: { reasoning: 'drop' } }, trl, 'mapping')).toBe('reasoning: drop');
  expect(optionsCaption({ ...initialExport, options: { best: 2, shuffle: true } }, trl, 'sampling')).toBe('2 changed');
  expect(optionsCaption({ ...initialExport, options: { validation: 0.25 } }, trl, 'sampling')).toBe('validation share: 0.25');
});
