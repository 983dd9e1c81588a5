import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../engine.ts';

const shared = path.resolve(import.meta.dirname, '../../../../shared');
const inFolder = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)) : [];
const reports = inFolder(path.join(shared, 'rollouts')).filter((name) =>
  /_(aggregate_metrics|agent_metrics)\.json$|_reward_profiling\.jsonl$/.test(name),
);

type Entry = Record<string, unknown>;
const isFigure = (name: string): boolean => /^(mean|max|min|median|std)\//.test(name);
const lines = (file: string): Entry[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const completion = ['num_rollouts', 'expected_num_rollouts', 'missing_num_rollouts', 'reward_profile_completion_pct'] as const;

async function profileOf(file: string) {
  const engine = createEngine({ version: '0' });
  const dataset = await engine.open([file]);
  await dataset.watch();
  const { groups, jsonGroups: _jsonGroups, agents, ...counts } = dataset.profile([], { expected: await dataset.planned() });
  const read = { agents, groups: [...groups()], counts };
  await engine.close();
  return read;
}

/** Compares every figure that Gym wrote; answers how many there were. */
function compareFigures(gym: Entry, ours: Readonly<Record<string, unknown>> | undefined, where: string): number {
  const figures = Object.entries(gym).filter(([name]) => isFigure(name) || name.startsWith('coverage/'));
  for (const [name, value] of figures) {
    const found = ours?.[name];
    if (typeof found !== 'number' || typeof value !== 'number')
      throw new Error(`${where} ${name}: ${String(found)}, Gym has ${String(value)}`);
    const isNear = Math.abs(found - value) <= 1e-9 * Math.abs(value) || Math.abs(found - value) < 1e-15;
    expect(isNear, `${where} ${name}: ${found}, Gym has ${value}`).toBe(true);
  }
  return figures.length;
}

describe.skipIf(reports.length === 0)(
  'what Gym wrote beside its own rollouts (skipped without the reference files beside the project)',
  () => {
    test('every figure, of agents and of groups', async () => {
      const counts = { files: 0, agent: 0, group: 0, completion: 0 };
      for (const report of reports) {
        const { agents, groups } = await profileOf(
          report.replace(/_(aggregate_metrics|agent_metrics|reward_profiling)\.jsonl?$/, '.jsonl'),
        );
        const [agent] = agents;
        expect(agents).toHaveLength(1);
        counts.files++;
        const groupOf = (task: unknown) => groups.find((group) => group._ng_task_index === task);
        if (report.endsWith('.jsonl')) {
          // Older files have no task index: their lines are in the order of the tasks.
          for (const [i, line] of lines(report).entries())
            counts.group += compareFigures(line, '_ng_task_index' in line ? groupOf(line['_ng_task_index']) : groups[i], report);
          continue;
        }
        for (const entry of JSON.parse(readFileSync(report, 'utf8'))) {
          counts.agent +=
            compareFigures(entry.agent_metrics ?? entry, agent, report) + compareFigures(entry.key_metrics ?? {}, agent, report);
          for (const group of entry.group_level_metrics ?? []) {
            counts.group += compareFigures(group, groupOf(group._ng_task_index), report);
            for (const name of completion.filter((each) => each in group)) {
              expect(groupOf(group._ng_task_index)?.[name], name).toBe(group[name]);
              counts.completion++;
            }
          }
        }
      }
      expect(counts).toEqual({ files: 11, agent: 279, group: 1125, completion: 44 });
    });

    test('the word error rates of speech recognition come with pass@1', async () => {
      const { agents } = await profileOf(path.join(shared, 'rollouts/asr_with_pc/example_rollouts.jsonl'));
      expect(agents[0]?.pass).toMatchObject({
        'pass@1/accuracy': 0,
        'pass@1[avg-of-1]/accuracy': 0,
        per_sample_aggregate: { accuracy: [0] },
      });
    });
  },
);

test('a nested path that a condition asks for is no field', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'rollscope-profile-')), 'a.jsonl');
  onTestFinished(() => rmSync(path.dirname(file), { recursive: true }));
  writeFileSync(file, '{"reward":1,"a":{"b":2},"c.d":3}\n{"reward":0,"a":{"b":5},"c.d":4}\n');
  const engine = createEngine({ version: '0' });
  const dataset = await engine.open([file]);
  await dataset.watch();
  await dataset.prepare({ filter: ['a.b > 1'] });
  const { agents } = dataset.profile(['a.b > 1']);
  expect(Object.keys(agents[0] ?? {}).filter((name) => name.startsWith('mean/'))).toEqual(['mean/reward', 'mean/c.d']);
  await engine.close();
});

const run = path.join(shared, 'made/neighbours/run/rollouts.jsonl');
test.skipIf(!existsSync(run))(
  'Gym 0.7 of a run with two agents, a masked rollout and missing ones (skipped without the made files beside the project)',
  async () => {
    const { agents, groups, counts } = await profileOf(run);
    expect(counts).toMatchObject({ masked: 1, failed: 0, superseded: 0, duplicates: 0, ungrouped: 0 });
    let compared = 0;
    for (const entry of JSON.parse(readFileSync(run.replace('.jsonl', '_agent_metrics.json'), 'utf8')))
      compared += compareFigures(
        entry,
        agents.find(({ agent }) => agent === entry.agent_ref.name),
        'agents',
      );
    for (const line of lines(run.replace('.jsonl', '_reward_profiling.jsonl'))) {
      const group = groups.find(({ _ng_task_index }) => _ng_task_index === line['_ng_task_index']);
      compared += compareFigures(line, group, 'groups');
      for (const name of completion) expect(group?.[name], name).toBeCloseTo(Number(line[name]), 9);
    }
    expect(compared).toBe(104);
  },
);
