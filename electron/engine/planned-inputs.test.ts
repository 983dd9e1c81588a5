import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Recipe } from '#shared/model/recipe.ts';
import type { Dataset } from './api.ts';
import { createEngine } from './engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-planned-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const key = (task: number, rollout: number) => ({ _ng_task_index: task, _ng_rollout_index: rollout, agent_ref: { name: 'a' } });
const input = (text: string) => [{ role: 'user', content: text }];

/** What Gym echoes: the same request with its defaults. */
function rollout(task: number, index: number, asked: string, more: object = {}): object {
  return {
    ...key(task, index),
    responses_create_params: {
      input: [{ type: 'message', role: 'user', content: asked }],
      tools: [],
      metadata: null,
      parallel_tool_calls: true,
    },
    response: { output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'said' }] }] },
    reward: index,
    ...more,
  };
}

const planned = (task: number, index: number, asked: string, more: object = {}): object => ({
  ...key(task, index),
  responses_create_params: { input: input(asked) },
  ...more,
});

async function open(name: string, rollouts: readonly object[], plan: readonly object[]): Promise<Dataset> {
  const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(path.join(folder, `${name}.jsonl`), lines(rollouts));
  writeFileSync(path.join(folder, `${name}_materialized_inputs.jsonl`), lines(plan));
  const dataset = await engine.open([path.join(folder, `${name}.jsonl`)]);
  await dataset.watch();
  return dataset;
}

async function rows(
  dataset: Dataset,
  recipe: Pick<Recipe, 'target'> & Partial<Recipe>,
): Promise<{ lines: unknown[]; used: string[]; warnings: unknown[] }> {
  const out = mkdtempSync(path.join(folder, 'out-'));
  const { source, warnings } = await dataset.export({ version: 1, filter: [], options: {}, ...recipe }, { folder: out, overwrite: true });
  const text = readFileSync(path.join(out, 'train.jsonl'), 'utf8');
  return {
    lines: text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
    used: source.map(({ name }) => name),
    warnings,
  };
}

const plan = [
  planned(0, 0, 'one', { seed: 7, expected_answer: '41' }),
  planned(0, 1, 'one', { seed: 7, expected_answer: '41' }),
  planned(1, 0, 'two', { seed: 8, expected_answer: '42' }),
];

test('tasks for Gym are those that were planned, not what rollouts say of them', async () => {
  const dataset = await open('gym', [rollout(1, 0, 'two', { extracted: 'x' }), rollout(0, 1, 'one'), rollout(0, 0, 'one')], plan);
  const made = await rows(dataset, { target: 'nemo-rl/grpo' });
  const task = (asked: string, seed: number, answer: string) => ({
    seed,
    expected_answer: answer,
    responses_create_params: { input: input(asked) },
    agent_ref: { name: 'a' },
  });
  expect(made).toEqual({
    lines: [task('two', 8, '42'), task('one', 7, '41')],
    used: ['gym.jsonl', 'gym_materialized_inputs.jsonl'],
    warnings: [{ id: 'task/planned-inputs', title: expect.any(String), count: 2 }],
  });
  await dataset.close();
});

test('without them: by the option, by the switch of the dataset, and where another run planned the same indices', async () => {
  const dataset = await open('off', [rollout(1, 0, 'two', { extracted: 'x' })], plan);
  const own = {
    extracted: 'x',
    responses_create_params: { input: [{ type: 'message', role: 'user', content: 'two' }], tools: [], parallel_tool_calls: true },
    agent_ref: { name: 'a' },
  };
  const without = { lines: [own], used: ['off.jsonl'], warnings: [] };
  expect(await rows(dataset, { target: 'nemo-rl/grpo', options: { 'planned-inputs': false } })).toEqual(without);
  expect((await rows(dataset, { target: 'nemo-rl/grpo' })).lines).not.toEqual([own]);
  await dataset.setNeighbour({ file: 'off.jsonl', kind: 'materialized-inputs', enabled: false });
  expect(await rows(dataset, { target: 'nemo-rl/grpo' })).toEqual(without);
  await dataset.close();
  const other = await open('other', [rollout(1, 0, 'asked otherwise', { extracted: 'x' })], plan);
  expect((await rows(other, { target: 'nemo-rl/grpo' })).used).toEqual(['other.jsonl']);
  await other.close();
});

test.each([
  ['trl/grpo', { format: 'jsonl' }, 'solution'],
  ['openrlhf/ppo', { format: 'jsonl' }, 'label'],
])('%s takes the ground truth that rollouts lack', async (target, options, field) => {
  const dataset = await open(field, [rollout(0, 0, 'one', { label: 'said' }), rollout(1, 0, 'two')], plan);
  expect((await rows(dataset, { target, options })).lines).toMatchObject([{ [field]: '41' }, { [field]: '42' }]);
  const seeds = await rows(dataset, { target, options: { ...options, 'ground-truth': 'seed' } });
  expect(seeds.lines).toMatchObject([{ [field]: '7' }, { [field]: '8' }]);
  await dataset.close();
});
