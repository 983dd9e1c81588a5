import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createEngine } from '../engine.ts';

const folder = path.resolve(import.meta.dirname, '../../../../shared/rollouts');
const files = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /rollouts.*\.jsonl$/.test(name) && !/_(materialized_inputs|reward_profiling)\.jsonl$/.test(name))
      .sort()
      .map((name) => path.join(folder, name))
  : [];

interface Plain {
  readonly agent: string | undefined;
  readonly task: unknown;
  readonly fields: Map<string, number>;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What Gym would take of a row, read with JSON.parse. */
function plainRow(line: string): Plain | undefined {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(row) || row['mask_sample'] === true || (row['_ng_failure_class'] ?? null) !== null) return undefined;
  const { response, agent_ref: reference, _ng_task_index: task, _ng_rollout_index: _rollout, mask_sample: _mask, ...top } = row;
  const usage = isObject(response) && isObject(response['usage']) ? response['usage'] : {};
  const numbers = Object.entries({ ...top, ...usage }).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean');
  const agent = isObject(reference) && typeof reference['name'] === 'string' ? reference['name'] : undefined;
  return {
    agent,
    task: typeof task === 'number' ? task : undefined,
    fields: new Map(numbers.map(([name, value]) => [name, Number(value)])),
  };
}

function plainFigures(rows: readonly Plain[]): Map<string, number> {
  const figures = new Map<string, number>();
  for (const name of new Set(rows.flatMap(({ fields }) => [...fields.keys()]))) {
    const values = rows.flatMap(({ fields }) => fields.get(name) ?? []).sort((a, b) => a - b);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    figures.set(`mean/${name}`, mean);
    figures.set(`min/${name}`, values[0]!);
    figures.set(`max/${name}`, values.at(-1)!);
    figures.set(`median/${name}`, (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2);
    if (values.length > 1)
      figures.set(`std/${name}`, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)));
    else if (rows.length === 1) figures.set(`std/${name}`, 0);
  }
  return figures;
}

function expectFigures(found: Readonly<Record<string, unknown>>, rows: readonly Plain[], where: string): number {
  const figures = plainFigures(rows);
  const names = Object.keys(found).filter((name) => /^(mean|max|min|median|std)\//.test(name));
  expect(new Set(names), where).toEqual(new Set(figures.keys()));
  for (const [name, value] of figures)
    expect(Math.abs(Number(found[name]) - value), `${where} ${name}`).toBeLessThanOrEqual(1e-9 * Math.abs(value) + 1e-12);
  return figures.size;
}

test.skipIf(files.length === 0)(
  'all reference files as one dataset: each agent and task as plain JavaScript has them (skipped without the files beside the project)',
  async () => {
    const engine = createEngine({ version: '0' });
    const dataset = await engine.open(files);
    await dataset.watch();
    const rows = files.flatMap((file) => readFileSync(file, 'utf8').split('\n')).flatMap((line) => plainRow(line) ?? []);
    const { agents, groups, ...counts } = dataset.profile([]);
    let figures = 0;

    const byAgent = new Map<string | undefined, Plain[]>();
    for (const row of rows) byAgent.set(row.agent, [...(byAgent.get(row.agent) ?? []), row]);
    const names = [...byAgent.keys()].flatMap((name) => name ?? []);
    expect(agents.map(({ agent }) => agent)).toEqual([...names.sort((a, b) => (a < b ? -1 : 1)), undefined]);
    for (const agent of agents) {
      const own = byAgent.get(agent.agent) ?? [];
      expect([agent.rollouts, agent.tasks], agent.agent).toEqual([own.length, new Set(own.flatMap(({ task }) => task ?? [])).size]);
      figures += expectFigures(agent, own, String(agent.agent));
    }

    const found = [...groups()];
    for (const group of found) {
      const own = (byAgent.get(group.agent) ?? []).filter(({ task }) => task === group._ng_task_index);
      expect(group.num_rollouts).toBe(own.length);
      figures += expectFigures(group, own, `${group.agent} ${group._ng_task_index}`);
    }
    expect(counts.ungrouped).toBe(rows.filter(({ task }) => task === undefined).length);
    expect(found.reduce((sum, group) => sum + group.num_rollouts, counts.ungrouped)).toBe(rows.length);
    expect(figures).toBeGreaterThan(5000);

    const { before } = dataset.summary({ filter: [], draft: [], metric: 'reward' });
    const shares = [...byAgent].flatMap(([agent, own]) => (agent === undefined ? [] : [[agent, own.length] as const]));
    expect(new Map(before.agents.map(({ agent, rollouts }) => [agent, rollouts]))).toEqual(new Map(shares));
    await engine.close();
  },
);

test.skipIf(files.length === 0)(
  'one task, other prompts: no pair of blackjack is of equal requests (skipped without the files beside the project)',
  async () => {
    const engine = createEngine({ version: '0' });
    const dataset = await engine.open([path.join(folder, 'blackjack/example_rollouts.jsonl')]);
    await dataset.watch();
    expect(dataset.summary({ filter: [], draft: [], metric: 'reward' }).before).toMatchObject({
      rollouts: 5,
      tasks: 1,
      groupsWithSignal: 1,
      pairs: { bestWorst: 0, all: 0 },
      labels: { passMark: 1, good: 3, bad: 2 },
    });
    await engine.close();
  },
);
