import { appendFileSync, copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { neighbour, type Neighbour, type NeighbourKind } from '#shared/model/neighbour.ts';
import type { Dataset } from '../api.ts';
import { createEngine } from '../engine.ts';

const samples = path.resolve('../shared/made/neighbours');
const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-neighbours-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function open(...files: string[]): Promise<Dataset> {
  const dataset = await engine.open(files);
  expect(await dataset.watch()).toMatchObject({ phase: 'ready' });
  return dataset;
}

async function listed(dataset: Dataset): Promise<Partial<Record<NeighbourKind, Neighbour>>> {
  const all = await dataset.neighbours();
  for (const each of all) neighbour.strict().parse(each);
  return Object.fromEntries(all.map((each) => [each.kind, each]));
}

const total = (dataset: Dataset, condition: string): number =>
  dataset.page({ query: { filter: [condition], sort: [] }, draft: [], range: { start: 0, end: 1 }, columns: [] }).total;

/** A copy of a sample whose files are all of one moment. */
function copyOf(sample: string, name = sample): string {
  const copy = path.join(folder, name);
  cpSync(path.join(samples, sample), copy, { recursive: true });
  for (const file of [
    'rollouts.jsonl',
    'rollouts_failures.jsonl',
    'rollout_verdicts.jsonl',
    'quality_summary.json',
    'rollouts_aggregate_metrics.json',
  ])
    if (existsSync(path.join(copy, file))) utimesSync(path.join(copy, file), 1e9, 1e9);
  return path.join(copy, 'rollouts.jsonl');
}

const hasSamples = existsSync(samples);
describe.skipIf(!hasSamples)(`made samples${hasSamples ? '' : ' (skipped: ../shared/made is not here)'}`, () => {
  test('a run: what was planned, what failed, what was found unhealthy', async () => {
    const file = copyOf('run');
    const dataset = await open(file);
    const found = await listed(dataset);
    expect(found['materialized-inputs']).toMatchObject({
      file: 'rollouts.jsonl',
      name: 'rollouts_materialized_inputs.jsonl',
      rows: 16,
      stale: false,
      enabled: true,
      plan: { expected: 16, present: 10, neverRun: 5, tasks: { complete: 1, partial: 2, missing: 1 } },
    });
    expect(found['materialized-inputs']?.plan?.incomplete).toEqual([
      { agent: 'mcqa_simple_agent', task: '1', expected: 4, present: 3, failed: 0 },
      { agent: 'remote_agent', task: '2', expected: 4, present: 3, failed: 1 },
      { agent: 'remote_agent', task: '3', expected: 4, present: 0, failed: 0 },
    ]);
    expect(found.failures).toMatchObject({ rows: 4, failures: { attempts: 4, failed: 1, recovered: 1 } });
    const classes = readFileSync(path.join(path.dirname(file), 'rollouts_failures.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(found.failures?.failures?.classes['agent_request_failed']).toBe(
      classes.filter((line) => line.includes('agent_request_failed')).length,
    );
    expect(found.verdicts).toMatchObject({ rows: 10, verdicts: { healthy: 5, unhealthy: 2, unobserved: 3, other: 0 } });
    expect(found['reward-profiling']?.rows).toBe(3);
    expect(Object.keys(found)).toHaveLength(8);
    expect(total(dataset, 'verdict = "unhealthy"')).toBe(2);
    expect(total(dataset, 'failure_attempts >= 1')).toBe(1);
    // (2,1) failed once and then succeeded; (2,3) is not there.
    expect(total(dataset, 'failure_attempts = 1 and task = "2" and rollout = 1')).toBe(1);
    expect(total(dataset, 'failure_attempts = 0')).toBe(9);
    // Nothing of a failed attempt is counted.
    expect(dataset.stats([]).metrics['reward']).toMatchObject({ count: 10 });
  });

  test('each can be switched off, and on again', async () => {
    const dataset = await open(copyOf('run', 'switched'));
    const names = (): string[] => dataset.columns().map(({ name }) => name);
    expect(names()).toEqual(expect.arrayContaining(['failure_attempts', 'verdict']));
    const { version } = dataset.state();
    await dataset.setNeighbour({ file: 'rollouts.jsonl', kind: 'verdicts', enabled: false });
    expect(dataset.state().version).not.toBe(version);
    expect(names()).not.toContain('verdict');
    expect(() => total(dataset, 'verdict = "healthy"')).toThrow(/verdict/);
    expect((await listed(dataset)).verdicts).toMatchObject({ enabled: false });
    await dataset.setNeighbour({ file: 'rollouts.jsonl', kind: 'verdicts', enabled: true });
    expect(total(dataset, 'verdict = "healthy"')).toBe(5);
    await expect(dataset.setNeighbour({ file: 'other.jsonl', kind: 'verdicts', enabled: true })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('verdicts of another file of the folder, or of an earlier state of it, are not joined', async () => {
    const file = copyOf('run', 'shared-folder');
    const other = path.join(path.dirname(file), 'other.jsonl');
    writeFileSync(other, readFileSync(file, 'utf8').split('\n').slice(0, 4).join('\n'));
    const dataset = await open(file, other);
    const all = (await dataset.neighbours()).filter(({ kind }) => kind === 'verdicts');
    expect(all.map(({ file: name, problem }) => [name, problem])).toEqual([
      ['rollouts.jsonl', undefined],
      ['other.jsonl', '10 lines were checked, this file has 4'],
    ]);
    expect(total(dataset, 'missing verdict')).toBe(4);
    expect(total(dataset, 'verdict = "healthy"')).toBe(5);

    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [...lines.slice(1, 10), lines[9]?.replace('"_ng_rollout_index":1', '"_ng_rollout_index":77'), ''].join('\n'));
    const changed = await open(file);
    expect((await listed(changed)).verdicts?.problem).toMatch(/verdicts are of rollouts that this file does not have/);
    expect((await listed(changed))['materialized-inputs']).toMatchObject({ stale: true });
  });

  test('what is older than its file is marked; a plan is not, as it is written first', async () => {
    const file = copyOf('run', 'older');
    utimesSync(file, 2e9, 2e9);
    const found = await listed(await open(file));
    expect(Object.values(found).map(({ kind, stale }) => [kind, stale])).toEqual(
      Object.values(found).map(({ kind }) => [kind, kind !== 'materialized-inputs']),
    );
  });

  test('resumed runs, trajectories, old forms', async () => {
    const resumed = await listed(await open(copyOf('resumed')));
    expect(resumed['materialized-inputs']?.plan).toMatchObject({
      expected: 3,
      present: 2,
      neverRun: 0,
      tasks: { complete: 0, partial: 1 },
    });
    expect(resumed.failures?.failures).toMatchObject({ attempts: 1, failed: 1, recovered: 0 });
    const trajectory = await listed(await open(copyOf('trajectory')));
    expect(trajectory.verdicts?.problem).toBeUndefined();
    expect(await (await open(copyOf('messages'))).neighbours()).toEqual([]);
  });
});

test('neighbours that are empty, broken or change while the dataset is open; a field of the same name', async () => {
  const at = (name: string): string => path.join(folder, name);
  const row = (rollout: number, more = ''): string => `{"_ng_task_index":0,"_ng_rollout_index":${rollout},"reward":1${more}}\n`;
  writeFileSync(at('own.jsonl'), row(0, ',"verdict":"mine"') + row(1) + '{"reward":0}\n');
  writeFileSync(at('own_failures.jsonl'), '');
  writeFileSync(at('own_aggregate_metrics.json'), '{');
  copyFileSync(at('own.jsonl'), at('own_materialized_inputs.jsonl'));
  writeFileSync(at('rollout_verdicts.jsonl'), row(1, ',"verdict":"unhealthy"') + row(1, ',"verdict":"healthy"') + 'x\n');
  writeFileSync(at('quality_summary.json'), '{"run":{"artifacts":{"records":3}}}');
  const dataset = await open(at('own.jsonl'));
  const found = await listed(dataset);
  expect(found.failures).toMatchObject({ rows: 0, failures: { attempts: 0 } });
  expect(found['aggregate-metrics']?.problem).toBeTruthy();
  expect(found.verdicts).toMatchObject({ rows: 2, problem: '1 of its lines are no JSON object' });
  expect([total(dataset, 'verdict = "mine"'), total(dataset, 'neighbour.verdict = "unhealthy"')]).toEqual([1, 1]);
  expect([total(dataset, 'failure_attempts = 0'), total(dataset, 'missing failure_attempts')]).toEqual([2, 1]);

  appendFileSync(at('own_failures.jsonl'), row(1, ',"_ng_failure_class":"timeout_exceeded"'));
  expect((await listed(dataset)).failures).toMatchObject({ failures: { recovered: 1, classes: { timeout_exceeded: 1 } } });
  expect(total(dataset, 'failure_attempts = 1')).toBe(1);
});
