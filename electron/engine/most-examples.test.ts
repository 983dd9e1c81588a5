import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { OptionValue, Recipe } from '#shared/model/recipe.ts';
import type { Dataset } from './api.ts';
import { createEngine } from './engine.ts';
import { seededRandom } from './select/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-most-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function opened(lines: readonly object[]): Promise<Dataset> {
  const file = path.join(folder, `${lines.length}.jsonl`);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const dataset = await engine.open([file]);
  await dataset.watch();
  return dataset;
}

/** Attempts at a few tasks, some asked otherwise than others, some answered alike, some without a reward or an answer. */
function attempts(count: number): object[] {
  const random = seededRandom(5);
  const one = (of: readonly string[]): string => of[Math.floor(random() * of.length)] ?? '';
  return Array.from({ length: count }, () => {
    const task = Math.floor(random() * (count / 6));
    const text = `answer ${Math.floor(random() * 5)}`;
    return {
      responses_create_params: {
        input: random() < 0.1 ? [] : [{ role: 'user', content: `question ${task}${one(['', '', '', ' again'])}` }],
      },
      response: { output: random() < 0.1 ? [] : [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }] },
      reward: random() < 0.1 ? null : Math.floor(random() * 5) / 4,
      _ng_task_index: task,
      agent_ref: { name: one(['math', 'code', 'chat']) },
    };
  });
}

const recipeOf = (target: string, options: Record<string, OptionValue> = {}, filter: string[] = []): Recipe => ({
  version: 1,
  filter,
  target,
  options,
});

test('no export has more examples than were said before a row was mapped', async () => {
  const dataset = await opened(attempts(240));
  const tried: Record<string, OptionValue>[] = [
    {},
    { 'best-per-task': 1 },
    { 'best-per-task': 2, 'cap-per-agent': 9 },
    { 'cap-per-task': 2 },
    { 'cap-per-task': 1, balance: true },
    ...['best-worst', 'best-vs-each', 'adjacent', 'all'].flatMap((pairs): Record<string, OptionValue>[] => [
      { pairs, margin: 0 },
      { pairs, margin: 0.5, 'cap-per-task': 2 },
    ]),
    { 'label-by': 'threshold', threshold: 0.5, 'dead-band': 0.3 },
    { 'label-by': 'task-mean', 'dead-band': 0.2 },
    { system: 'drop', tools: false, 'near-dedupe': 'prompt' },
  ];
  let [asked, tight] = [0, 0];
  for (const info of engine.targets()) {
    const units = info.cells.map(({ options = {} }) => options);
    const recipes = units.flatMap((unit) =>
      tried.flatMap((options) => {
        const known = Object.entries(options).filter(([key, value]) => {
          const option = info.options.find((each) => each.key === key);
          return option !== undefined && (option.choices === undefined || option.choices.some((choice) => choice.value === value));
        });
        return ['', 'reward >= 0.25'].map((filter) =>
          recipeOf(info.target, { ...Object.fromEntries(known), ...unit }, filter === '' ? [] : [filter]),
        );
      }),
    );
    const most = await dataset.mostExamples(recipes);
    for (const [i, recipe] of recipes.entries()) {
      const { rowsWritten } = await dataset.plan(recipe);
      const said = `${info.target} ${JSON.stringify(recipe)}`;
      expect(most[i], said).not.toBeNull();
      expect(most[i] ?? 0, said).toBeGreaterThanOrEqual(rowsWritten);
      asked++;
      if (most[i] === rowsWritten) tight++;
    }
  }
  expect(asked).toBeGreaterThan(500);
  expect(tight).toBeGreaterThan(0);
});

test('where everything fits, and siblings were asked the same, it is the number itself', async () => {
  const lines = Array.from({ length: 30 }, (_, i) => ({
    responses_create_params: { input: [{ role: 'user', content: `question ${i % 5}` }] },
    response: { output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: `answer ${i}` }] }] },
    reward: Math.floor(i / 5) / 8,
    _ng_task_index: i % 5,
    agent_ref: { name: 'math' },
  }));
  const dataset = await opened(lines);
  const recipes = [
    recipeOf('trl/sft'),
    recipeOf('trl/sft', { 'best-per-task': 2 }),
    recipeOf('trl/kto', {}, ['reward > 0']),
    recipeOf('trl/dpo'),
    recipeOf('trl/dpo', { pairs: 'all' }),
    recipeOf('trl/dpo', { pairs: 'best-vs-each', margin: 0.3 }),
    recipeOf('verl/rl'),
    recipeOf('custom/rollouts'),
    recipeOf('trl/dpo', { metric: 'nowhere' }),
  ];
  expect(await dataset.mostExamples(recipes)).toEqual([30, 10, 25, 5, 75, 15, 5, 30, null]);
});
