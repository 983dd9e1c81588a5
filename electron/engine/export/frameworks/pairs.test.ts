import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { OptionValue, Recipe } from '#shared/model/recipe.ts';
import { planExport } from '../plan.ts';
import { runExport } from '../run.ts';
import { made, rowsOf } from '../testing/rows.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder, toolItems } from '../testing/source.ts';

type Key = NonNullable<Recipe['pairs']>[number]['chosen'];

const user = (content: string) => ({ role: 'user', content });
const said = (content: string) => ({ role: 'assistant', content });
const offered = '"tools":[{"type":"function","name":"f","description":"d","parameters":{},"strict":true}],"input"';
const tool = { type: 'function', function: { name: 'f', description: 'd', parameters: {} } };

const good = rolloutLine(1, 1, 'good');
const bad = rolloutLine(1, 0, 'bad');
const lines = [rolloutLine(1, 0.5, 'middle'), bad, good, rolloutLine(2, 1, 'alone'), rolloutLine(3, 1, 'same'), rolloutLine(3, 0, 'same')];
const reasonsOf = async (target: string, given: readonly string[], options: Record<string, OptionValue> = {}) => {
  const { excluded, rowsSelected, rolloutsUsed } = await planExport(memorySource(given), recipeOf(target, options));
  expect(rowsSelected).toBe(rolloutsUsed + excluded.reduce((sum, { count }) => sum + count, 0));
  return Object.fromEntries(excluded.map(({ reason, count }) => [reason, count]));
};

test('best and worst of each task, never of different requests or the same answer', async () => {
  const { rows, manifest } = await made('trl/dpo', lines);
  expect(rows).toEqual([{ prompt: [user('question 1')], chosen: [said('good')], rejected: [said('bad')] }]);
  expect(manifest).toMatchObject({ rolloutsUsed: 2, rowsWritten: 1, excluded: [{ reason: 'sampling/no-pair', count: 4 }] });
  const otherwise = bad.replace('question 1', 'other question');
  expect(await reasonsOf('trl/dpo', [good, otherwise])).toEqual({ 'sampling/no-pair': 2 });
  // The same task, but other tools were offered.
  expect(await reasonsOf('trl/dpo', [good, bad.replace('"input"', offered)])).toEqual({ 'sampling/no-pair': 2 });
  expect(await reasonsOf('trl/dpo', [good, bad.replace('"reward":0', '"reward":null')])).toEqual({
    'sampling/no-pair': 1,
    'sampling/no-metric': 1,
  });
});

test.each([
  ['all', 3],
  ['best-vs-each', 2],
  ['adjacent', 2],
  ['best-worst', 1],
])('strategy %s: %i pairs, a rollout may serve several', async (pairs, count) => {
  const { manifest } = await made('openrlhf/dpo', lines, { pairs });
  expect(manifest.rowsWritten).toBe(count);
  expect(manifest.rolloutsUsed).toBe(count === 1 ? 2 : 3);
});

test('margin, and most pairs of a task', async () => {
  expect((await made('trl/dpo', lines, { pairs: 'all', margin: 0.6 })).rows).toHaveLength(1);
  expect((await made('trl/dpo', lines, { pairs: 'all', 'cap-per-task': 2 })).rows).toEqual([
    expect.objectContaining({ chosen: [said('good')], rejected: [said('middle')] }),
    expect.objectContaining({ chosen: [said('good')], rejected: [said('bad')] }),
  ]);
});

test('what reasoning=drop makes the same is no pair', async () => {
  const thinking = (reward: number, thought: string) => rolloutLine(1, reward, 'x', [{ type: 'reasoning', summary: [{ text: thought }] }]);
  const both = [thinking(1, 'a'), thinking(0, 'b')];
  expect(await reasonsOf('trl/dpo', both)).toEqual({});
  expect(await reasonsOf('trl/dpo', both, { reasoning: 'drop' })).toEqual({ 'sampling/no-pair': 2 });
});

test('pairs by hand: by the hash of the line, else by agent, task and rollout', async () => {
  const numbered = lines.map((line, i) => line.replace('"agent_ref"', `"_ng_rollout_index":${i},"agent_ref"`));
  const keyOf = (i: number) => ({
    hash: createHash('sha256')
      .update(numbered[i] ?? '')
      .digest('hex'),
  });
  const elsewhere = (rollout: number) => ({ hash: '0'.repeat(64), agent: 'a', task: '1', rollout });
  const written = async (chosen: Key, rejected: Key) => {
    const folder = temporaryFolder();
    const recipe = { ...recipeOf('trl/dpo', { pairs: 'by-hand' }), pairs: [{ chosen, rejected }] };
    await runExport(memorySource(numbered), recipe, { folder, overwrite: false });
    return (await rowsOf(folder, 'train.parquet')).map(({ chosen: better, rejected: worse }) => [better, worse]);
  };
  expect(await written(keyOf(1), keyOf(0))).toEqual([[[said('bad')], [said('middle')]]]);
  expect(await written(elsewhere(0), keyOf(1))).toEqual([[[said('middle')], [said('bad')]]]);
  await expect(written({ hash: '1'.repeat(64) }, keyOf(0))).rejects.toMatchObject({ code: 'bad-input' });
});

test('trl/dpo: tools in a column, with calls as objects; where each side came from', async () => {
  const pair = [1, 0].map((reward) => rolloutLine(1, reward, `r${reward}`, toolItems(`{"x":${reward}.0}`)).replace('"input"', offered));
  const { rows, read } = await made('trl/dpo', pair, { meta: true });
  expect(rows[0]).toMatchObject({ tools: [tool], chosen: [{ tool_calls: [{}] }, { role: 'tool' }, said('r1')] });
  expect(JSON.parse(String(rows[0]?.['gym_meta']))).toMatchObject({ chosen: { reward: 1 }, rejected: { reward: 0 } });
  expect(read('dpo.yaml')).toMatch(/^# trl dpo --config dpo.yaml/);
  expect(read('dpo.yaml')).toMatch(/max_length: \d{4,}/);
});

test('trl/reward: whole conversations; a margin in every row when it is wanted', async () => {
  const plain = await made('trl/reward', [good, bad]);
  expect(plain.rows).toEqual([{ chosen: [user('question 1'), said('good')], rejected: [user('question 1'), said('bad')] }]);
  const { rows } = await made('trl/reward', [good, bad.replace('"reward":0', '"reward":0.25')], { 'margin-column': true });
  expect(rows[0]).toMatchObject({ margin: 0.75 });
});

test('openrlhf/dpo and rm: names that do not collide, tools in the system message', async () => {
  const pair = [good, bad].map((line) => line.replace('"input"', offered));
  const { rows, read } = await made('openrlhf/dpo', pair);
  expect(Object.keys(rows[0] ?? {})).toEqual(['prompt_messages', 'chosen_messages', 'rejected_messages']);
  expect(rows[0]?.['prompt_messages']).toEqual([{ role: 'system', content: expect.stringContaining('<tools>') }, user('question 1')]);
  expect(read('train.sh')).toContain('--data.prompt_key prompt_messages \\\n  --data.chosen_key chosen_messages');
  const margins = await made('openrlhf/rm', [good, bad], { 'margin-column': true });
  expect(margins.rows[0]).toMatchObject({ margin: 1 });
  expect(margins.read('train.sh')).toContain('--model.margin_loss_enable');
});

test('nemo-rl/preference and rm: two completions, ranked 0 and 1', async () => {
  const { rows, read } = await made('nemo-rl/preference', [bad, good]);
  expect(rows).toEqual([
    {
      context: [user('question 1')],
      completions: [
        { rank: 0, completion: [said('good')] },
        { rank: 1, completion: [said('bad')] },
      ],
    },
  ]);
  expect(read('dpo.yaml')).toContain('{dataset_name: PreferenceDataset, data_path: "/');
  expect((await made('nemo-rl/rm', [bad, good])).read('rm.yaml')).toContain('examples/configs/rm.yaml');
});

test('nemo-rl/dpo: answers are one text; others are left out', async () => {
  const { rows, read } = await made('nemo-rl/dpo', [bad, good]);
  expect(rows).toEqual([{ prompt: [user('question 1')], chosen: 'good', rejected: 'bad' }]);
  expect(read('dpo.yaml')).toContain('prompt_key: prompt, chosen_key: chosen, rejected_key: rejected}');
  expect(await reasonsOf('nemo-rl/dpo', [bad, rolloutLine(1, 1, 'x', toolItems('{}'))])).toEqual({
    'target/several-messages': 1,
    'sampling/no-pair': 1,
  });
});

test('trl/kto: labels by the pass mark, a threshold or the mean of the task; a dead band', async () => {
  const graded = [0, 0.4, 0.6, 1].map((reward, i) => rolloutLine(Math.floor(i / 2), reward, `${reward}`));
  const labels = async (options: Record<string, OptionValue> = {}, given = graded) =>
    (await made('trl/kto', given, { shuffle: false, ...options })).rows.map(({ label }) => label);
  expect(await labels()).toEqual([false, false, true, true]);
  expect(await labels({ 'label-by': 'threshold', threshold: 0.4 })).toEqual([false, true, true, true]);
  expect(await labels({ 'label-by': 'task-mean' })).toEqual([false, true, false, true]);
  expect(await labels({ 'dead-band': 0.2 })).toEqual([false, true]);
  // Of two values the larger is the mark.
  expect(await labels({}, [rolloutLine(1, 3, 'a'), rolloutLine(1, -100, 'b')])).toEqual([true, false]);
  expect(await reasonsOf('trl/kto', [...graded, rolloutLine(9, null, 'x')], { 'dead-band': 0.2 })).toEqual({
    'sampling/no-metric': 1,
    'sampling/dead-band': 2,
  });
  const { rows, read } = await made('trl/kto', [good, bad, rolloutLine(2, 1, 'x')], { shuffle: false });
  expect(rows[0]).toEqual({ prompt: [user('question 1')], completion: [said('good')], label: true });
  expect(read('kto.yaml')).toContain('desirable_weight: 1.0\nundesirable_weight: 2.0\n');
});

test('pairs of a task stay on one side of the split', async () => {
  const many = Array.from({ length: 40 }, (_, i) => rolloutLine(i % 10, i < 20 ? 1 : 0, `answer ${i}`));
  const { folder, rows } = await made('trl/dpo', many, { validation: 0.3, pairs: 'all', shuffle: true });
  const held = await rowsOf(folder, 'validation.parquet');
  const prompts = (of: Record<string, unknown>[]) => new Set(of.map(({ prompt }) => JSON.stringify(prompt)));
  expect(prompts(rows).size + prompts(held).size).toBe(10);
  expect([...prompts(rows)].filter((prompt) => prompts(held).has(prompt))).toEqual([]);
});
