import { expect, test } from 'vitest';
import type { ExportPlan } from '#shared/model/export.ts';
import { initialExport } from '../../state/export-state.ts';
import { madePlan, madeTargets } from '../../testing/made-export.ts';
import { funnel, leftOut, optionsCaption, unitOf, valueWords, waysOut } from './words.ts';

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
  const stages = funnel(plan, 'rollout', 'filter');
  expect(stages.map(({ name }) => name)).toEqual(['rollouts in the file', 'in the filter', 'fit the target', 'examples written']);
  expect(stages.map(({ count }) => count)).toEqual([4000, 2600, 2580, 1000]);
  expect(stages[0]?.share).toBe(1);
  expect(funnel(plan, 'rollout', 'starred')[1]?.name).toBe('starred');
  expect(funnel(plan, 'rollout', 'all')[1]?.name).toBe('chosen');
});

test('where an example is made of several rollouts, both are counted, each by its name', () => {
  const pairs = funnel({ ...plan, rowsWritten: 1500 }, unitOf('dpo'), 'filter');
  expect(pairs.slice(3)).toEqual([
    { name: 'rollouts used', count: 1000, share: 0.25 },
    // More pairs than rollouts: the bar is still of rollouts, so that it does not widen.
    { name: 'pairs written', count: 1500, share: 0.25 },
  ]);
  expect(funnel({ ...plan, rowsWritten: 1, rolloutsUsed: 1 }, unitOf('rl'), 'filter').slice(3)).toMatchObject([
    { name: 'rollout used', count: 1 },
    { name: 'task written', count: 1 },
  ]);
  expect((['sft', 'dpo', 'kto', 'rm', 'rl', undefined] as const).map(unitOf)).toEqual([
    'rollout',
    'pair',
    'rollout',
    'pair',
    'task',
    'rollout',
  ]);
});

test('what a condition takes out reads as what it is, and can be asked for', () => {
  const titleOf = (condition: string): string | undefined =>
    leftOut({ ...plan, filteredOut: [{ condition, count: 1 }], excluded: [] })[0]?.title;
  expect(titleOf('tokens <= 16384')).toBe('tokens above 16,384, or none');
  expect(titleOf('reward >= 0.5')).toBe('reward below 0.5, or none');
  expect(titleOf('turns < 9')).toBe('turns at least 9, or none');
  expect(titleOf('status = "completed"')).toBe('status is not completed');
  expect(titleOf('not star')).toBe('star is set');
  expect(titleOf('reward > 0.5 or turns < 2')).toBe('not (reward > 0.5 or turns < 2)');
  // The first condition that a row does not meet is the one that counts it.
  expect(leftOut(plan).flatMap(({ rows }) => (rows === undefined ? [] : [rows]))).toEqual([
    ['not (reward >= 0.5)'],
    ['reward >= 0.5', 'not (status = "completed")'],
  ]);
});

test('with nothing left, the steps whose choices take rollouts out are named, most first', () => {
  const excluded = [
    { reason: 'sampling/not-best', count: 30, title: 'Not among the best', examples: [] },
    { reason: 'sampling/no-pair', count: 20, title: 'No pair', examples: [] },
    { reason: 'length/too-long', count: 40, title: 'Longer than max-length', examples: [] },
    { reason: 'admission/no-response', count: 1, title: 'No response', examples: [] },
  ];
  const length = { key: 'max-length', step: 'mapping', title: 'Longest', help: '', kind: 'integer', default: 0, isLength: true } as const;
  expect(waysOut({ ...plan, excluded, filteredOut: [{ condition: 'reward >= 2', count: 35 }] }, { ...trl, options: [length] })).toEqual([
    { step: 'sampling', count: 50, reason: 'Not among the best' },
    { step: 'mapping', count: 40, reason: 'Longer than max-length' },
    { step: 'rows', count: 35, reason: 'reward below 2, or none' },
    { step: 'target', count: 1, reason: 'No response' },
  ]);
  expect(waysOut({ ...plan, excluded: [], filteredOut: [] }, trl)).toEqual([]);
});

test('what an option of the mapping could find leads there, else to another target', () => {
  const option = { step: 'mapping', title: '', help: '', default: '' } as const;
  const options = [
    { ...option, key: 'map', kind: 'fields', default: {} },
    { ...option, key: 'ground-truth', kind: 'column' },
  ] as const;
  const stepsFor = (reason: string): string[] => {
    const excluded = [{ reason, count: 1, title: 'Missing', examples: [] }];
    return [[...options], []].flatMap((each) =>
      waysOut({ ...plan, excluded, filteredOut: [] }, { ...trl, options: each }).map(({ step }) => step),
    );
  };
  expect(stepsFor('target/empty')).toEqual(['mapping', 'target']);
  expect(stepsFor('target/no-ground-truth')).toEqual(['mapping', 'target']);
  expect(stepsFor('target/no-prompt')).toEqual(['target', 'target']);
});

test('a number that stands for none is said so', () => {
  const cap = { key: 'cap', step: 'sampling', title: 'Most', help: '', kind: 'integer', default: 0, zero: 'no limit' } as const;
  expect([0, 3].map((value) => valueWords(cap, value))).toEqual(['no limit', '3']);
});

test('a step says under its name what differs from the defaults', () => {
  expect(optionsCaption(initialExport, trl, 'mapping')).toBe('default');
  expect(optionsCaption({ ...initialExport, options: { reasoning: 'drop' } }, trl, 'mapping')).toBe('reasoning: drop');
  expect(optionsCaption({ ...initialExport, options: { best: 2, shuffle: true } }, trl, 'sampling')).toBe('2 changed');
  expect(optionsCaption({ ...initialExport, options: { validation: 0.25 } }, trl, 'sampling')).toBe('validation share: 0.25');
});
