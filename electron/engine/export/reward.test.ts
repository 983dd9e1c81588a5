import { expect, test } from 'vitest';
import { planExport } from './plan.ts';
import { made } from './testing/rows.ts';
import { memorySource, recipeOf, rolloutLine } from './testing/source.ts';

const lines = [
  rolloutLine(1, 4, 'good'),
  rolloutLine(1, 0, 'bad'),
  rolloutLine(1, 1, 'middle'),
  rolloutLine(2, 5, 'alone'),
  rolloutLine(2, null, 'none'),
];

test('rows of own fields have the reward as the options say, null where there is none; the report says how', async () => {
  const options = { fields: { a: 'text(last(completion))', r: 'round(scaled_reward, 2)', raw: 'reward' }, 'reward-scale': 'min-max' };
  const { rows, read } = await made('custom/map', lines, options);
  expect(rows.map(({ a, r, raw }) => [a, r, raw])).toEqual([
    ['good', 1, 4],
    ['bad', 0, 0],
    ['middle', 0.25, 1],
    ['alone', 0, 5],
    ['none', null, null],
  ]);
  expect(read('report.md')).toContain('The reward is (`reward` − min) / (max − min), over the selected rollouts of its task');
});

test('rewards are scaled over what the filter keeps', async () => {
  const fields = { r: 'scaled_reward' };
  const source = memorySource(lines);
  const { rolloutsUsed } = await planExport(
    source,
    recipeOf('custom/map', { fields, 'reward-scale': 'rank', 'reward-over': 'dataset' }, ['reward >= 0.5']),
  );
  expect(rolloutsUsed).toBe(3);
});

test('margins are of scaled rewards, pairs are chosen by the metric itself', async () => {
  const options = { 'margin-column': true, 'reward-scale': 'rank', 'reward-clip': '0.2, 1', margin: 3 };
  const { rows, read, manifest } = await made('trl/reward', lines, options);
  expect(rows.map(({ margin }) => margin)).toEqual([0.8]);
  expect(read('README.md')).toContain(
    '`margin` is the reward of chosen minus that of rejected. The reward is the share of the other rollouts',
  );
  expect(manifest.recipe.options).toMatchObject({ 'reward-scale': 'rank', metric: 'reward' });
  const fields = { m: 'margin', c: 'chosen.scaled_reward', r: 'rejected.scaled_reward' };
  const own = await made('custom/map', lines, { unit: 'pairs', fields, 'reward-clip': '0.5,2' });
  expect(own.rows).toEqual([{ m: 1.5, c: 2, r: 0.5 }]);
});

test('a range that is none is refused', async () => {
  for (const clip of ['1', '1,0', 'a,b', '1,2,3', '0,'])
    await expect(
      planExport(memorySource(lines), recipeOf('custom/map', { fields: { r: 'scaled_reward' }, 'reward-clip': clip })),
    ).rejects.toMatchObject({
      code: 'bad-input',
    });
});

test('ties among the best of a task are told', async () => {
  const tied = [rolloutLine(1, 1, 'a'), rolloutLine(1, 1, 'b'), rolloutLine(2, 1, 'c'), rolloutLine(2, 0, 'd')];
  const { warnings } = await planExport(memorySource(tied), recipeOf('trl/sft', { 'best-per-task': 1 }));
  expect(warnings).toMatchObject([{ id: 'sampling/ties', count: 1 }]);
  expect((await planExport(memorySource(tied), recipeOf('trl/sft'))).warnings).toEqual([]);
});
