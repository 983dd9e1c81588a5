import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OptionValue, Recipe } from '#shared/model/recipe.ts';
import { seededRandom } from '../select/index.ts';
import { runExport } from './run.ts';
import { targets } from './targets.ts';
import { rowsOf } from './testing/rows.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder } from './testing/source.ts';

// Which rollouts an export chooses, worked out again in the plainest way from how the lines were made.

interface Made {
  readonly rows: Record<string, unknown>[];
  /** Of train, validation and test. */
  readonly splits: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  readonly excluded: Readonly<Record<string, number>>;
  readonly warnings: Readonly<Record<string, number>>;
}

async function exported(
  target: string,
  lines: readonly string[],
  options: Record<string, OptionValue>,
  more: Partial<Recipe> = {},
): Promise<Made> {
  const folder = temporaryFolder();
  const hasMeta = targets.find(({ info }) => info.target === target)?.info.options.some(({ key: name }) => name === 'meta') ?? false;
  const recipe = { ...recipeOf(target, { ...(hasMeta && { meta: true }), ...options }), ...more };
  const made = await runExport(memorySource(lines), recipe, { folder, overwrite: false });
  const splits: Record<string, Record<string, unknown>[]> = {};
  for (const file of made.files.filter(({ rows }) => rows > 0)) splits[file.path.split('.')[0] ?? ''] = await rowsOf(folder, file.path);
  const counts = (list: readonly { count: number }[], name: (each: never) => string) =>
    Object.fromEntries(list.map((each) => [name(each as never), each.count]));
  return {
    rows: Object.values(splits).flat(),
    splits,
    excluded: counts(made.excluded, ({ reason }: { reason: string }) => reason),
    warnings: counts(made.warnings, ({ id }: { id: string }) => id),
  };
}

/** Numbers of the lines that a row is made of, chosen first. */
function linesOf(row: Readonly<Record<string, unknown>>): number[] {
  const meta = JSON.parse(String(row['gym_meta']));
  return 'line' in meta ? [meta.line] : Object.values(meta).map((side) => (side as { line: number }).line);
}

const numbersOf = (rows: readonly Record<string, unknown>[]): number[] => rows.flatMap(linesOf).sort((a, b) => a - b);

interface Spec {
  readonly task: number;
  readonly reward: number | null;
  readonly agent: string;
  readonly answer: string;
}

function line({ task, reward, agent, answer }: Spec, i: number): string {
  return JSON.stringify({ ...JSON.parse(rolloutLine(task, reward, answer)), agent_ref: { name: agent }, _ng_rollout_index: i });
}

function random(seed: number, count = 40): Spec[] {
  const next = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const task = Math.floor(next() * 7);
    const reward = next() < 0.1 ? null : Math.floor(next() * 9) / 8;
    return { task, reward, agent: task < 4 ? 'a' : 'b', answer: `answer ${Math.floor(next() * 5)}` };
  });
}

const seeds = [1, 2, 3, 4, 5];
const groupsOf = (specs: readonly Spec[]): Map<number, number[]> => {
  const groups = new Map<number, number[]>();
  for (const [i, { task }] of specs.entries()) groups.set(task, [...(groups.get(task) ?? []), i]);
  return groups;
};

test.each(seeds)('the best of each task, of equals the earlier; ties are told (seed %i)', async (seed) => {
  const specs = random(seed);
  for (const best of [1, 2, 3]) {
    const wanted: number[] = [];
    let ties = 0;
    for (const group of groupsOf(specs).values()) {
      const rewarded = group.filter((i) => specs[i]?.reward !== null);
      const ranked = [...rewarded].sort((a, b) => (specs[b]?.reward ?? 0) - (specs[a]?.reward ?? 0) || a - b);
      wanted.push(...ranked.slice(0, best).map((i) => i + 1));
      const [last, next] = [ranked[best - 1], ranked[best]];
      if (last !== undefined && next !== undefined && specs[last]?.reward === specs[next]?.reward) ties++;
    }
    const { rows, warnings, excluded } = await exported('trl/sft', specs.map(line), { 'best-per-task': best });
    expect(numbersOf(rows)).toEqual(wanted.sort((a, b) => a - b));
    expect(warnings['sampling/ties'] ?? 0).toBe(ties);
    expect(excluded['sampling/no-metric'] ?? 0).toBe(specs.filter(({ reward }) => reward === null).length);
  }
});

test.each(seeds)('caps and balance: as many as may be of each task and agent, drawn by the seed (seed %i)', async (seed) => {
  const specs = random(seed);
  const count = (of: (spec: Spec) => unknown, numbers: readonly number[]): Map<unknown, number> => {
    const counts = new Map<unknown, number>();
    for (const number of numbers) {
      const key = of(specs[number - 1] ?? specs[0]!);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  };
  const all = specs.map((_, i) => i + 1);
  const capped = await exported('trl/sft', specs.map(line), { 'cap-per-task': 2, seed });
  for (const [task, had] of count(({ task }) => task, all))
    expect(count(({ task: of }) => of, numbersOf(capped.rows)).get(task)).toBe(Math.min(2, had));
  const perAgent = await exported('trl/sft', specs.map(line), { 'cap-per-agent': 5, seed });
  for (const [agent, had] of count(({ agent }) => agent, all))
    expect(count(({ agent: of }) => of, numbersOf(perAgent.rows)).get(agent)).toBe(Math.min(5, had));
  const balanced = await exported('trl/sft', specs.map(line), { balance: true, seed });
  const fewest = Math.min(...count(({ agent }) => agent, all).values());
  expect([...count(({ agent }) => agent, numbersOf(balanced.rows)).values()]).toEqual([fewest, fewest]);
  const even = await exported('trl/sft', specs.map(line), { 'balance-tasks': true, seed });
  const least = Math.min(...count(({ task }) => task, all).values());
  expect([...count(({ task }) => task, numbersOf(even.rows)).values()]).toEqual(Array.from({ length: 7 }, () => least));
  const other = await exported('trl/sft', specs.map(line), { 'cap-per-task': 2, seed: seed + 100 });
  expect(numbersOf(other.rows)).not.toEqual(numbersOf(capped.rows));
});

test.each(seeds)('KTO: good from the threshold on, nobody nearer to it than the dead band (seed %i)', async (seed) => {
  const specs = random(seed);
  for (const [threshold, band] of [
    [0.5, 0],
    [0.5, 0.125],
    [0.5, 0.2],
    [0.25, 0.3],
  ] as const) {
    const { rows, excluded } = await exported('trl/kto', specs.map(line), { 'label-by': 'threshold', threshold, 'dead-band': band });
    const labels = new Map(rows.map((row) => [linesOf(row)[0], row['label']]));
    let inBand = 0;
    for (const [i, { reward }] of specs.entries()) {
      const isNear = reward !== null && band > 0 && Math.abs(reward - threshold) < band;
      if (isNear) inBand++;
      expect(labels.get(i + 1), `line ${i + 1}, ${reward}`).toBe(reward === null || isNear ? undefined : reward >= threshold);
    }
    expect(excluded['sampling/dead-band'] ?? 0).toBe(inBand);
  }
});

const key = (text: string) => ({ hash: createHash('sha256').update(text).digest('hex') });

describe('pairs chosen by hand', () => {
  const specs: Spec[] = [
    { task: 1, reward: 1, agent: 'a', answer: 'one' },
    { task: 1, reward: 0.5, agent: 'a', answer: 'two' },
    { task: 1, reward: 0, agent: 'a', answer: 'three' },
    { task: 1, reward: 0, agent: 'a', answer: 'one' },
    { task: 2, reward: 1, agent: 'b', answer: 'four' },
    { task: 2, reward: 0, agent: 'b', answer: 'five' },
  ];
  const lines = specs.map(line);
  const pair = (chosen: number, rejected: number) => ({ chosen: key(lines[chosen - 1] ?? ''), rejected: key(lines[rejected - 1] ?? '') });
  const pairsIn = ({ rows }: Made): number[][] => rows.map(linesOf);

  test.each(['trl/dpo', 'trl/reward', 'openrlhf/dpo', 'openrlhf/rm', 'nemo-rl/dpo', 'nemo-rl/preference', 'nemo-rl/rm'])(
    '%s: those alone, in whichever order of their rewards, each once',
    async (target) => {
      const made = await exported(target, lines, { pairs: 'by-hand' }, { pairs: [pair(2, 1), pair(2, 1), pair(5, 6)] });
      expect(pairsIn(made)).toEqual([
        [2, 1],
        [5, 6],
      ]);
      expect(made.excluded).toEqual({ 'sampling/no-pair': 2 });
    },
  );

  test('none of equal answers, or of what was not asked the same', async () => {
    const made = await exported('trl/dpo', lines, { pairs: 'by-hand' }, { pairs: [pair(1, 4), pair(1, 6), pair(1, 3)] });
    expect(pairsIn(made)).toEqual([[1, 3]]);
  });

  test('one that says the opposite of what would be paired stands for it', async () => {
    const made = await exported('trl/dpo', lines, { pairs: 'best-worst' }, { pairs: [pair(3, 1)] });
    expect(pairsIn(made)).toEqual([
      [3, 1],
      [5, 6],
    ]);
  });

  test('a rollout that is not selected is told, and nothing is written', async () => {
    const gone = { chosen: key('gone'), rejected: key(lines[0] ?? '') };
    await expect(exported('trl/dpo', lines, {}, { pairs: [gone] })).rejects.toMatchObject({ code: 'bad-input' });
  });
});

const splitting = targets.filter(({ info }) => info.options.some(({ key: name }) => name === 'validation')).map(({ info }) => info.target);

describe.each(splitting)('%s: no task is in two files', (target) => {
  const words = (count: number, from: number): string => Array.from({ length: count }, (_, i) => `w${from}x${i}`).join(' ');
  /** Rewards, questions and answers of several words; every third task asks nearly the same as the one before. */
  const lines = Array.from({ length: 60 }, (_, i) => {
    const task = i % 15;
    const asked = `task${task}. ${words(30, task % 3 === 2 ? task - 1 : task)}`;
    const plain = rolloutLine(task, (i % 4) / 4, `answer ${words(12, i % 7)} ${i}`);
    return JSON.stringify({ ...JSON.parse(plain.replace(`question ${task}`, asked)), expected_answer: 'x', _ng_rollout_index: i });
  });
  const has = (name: string, value?: string): boolean =>
    targets
      .find(({ info }) => info.target === target)
      ?.info.options.some(
        (option) => option.key === name && (value === undefined || option.choices?.some((each) => each.value === value)),
      ) ?? false;
  const asked: Record<string, OptionValue>[] = [
    {},
    { 'stable-split': true },
    { shuffle: true, seed: 5 },
    { 'near-dedupe': 'prompt', 'near-threshold': 0.8 },
    { 'near-dedupe': 'answer', 'near-threshold': 0.8 },
  ];
  const cases = asked.filter((options) => !('near-dedupe' in options) || has('near-dedupe', String(options['near-dedupe'])));

  test.each(cases)('%o', async (options) => {
    const { splits } = await exported(target, lines, { ...options, validation: 0.3, test: 0.2 });
    const sides = Object.values(splits).map((rows) => new Set(rows.flatMap((row) => JSON.stringify(row).match(/task\d+\./g) ?? [])));
    expect(sides.length).toBeGreaterThan(1);
    expect(sides.reduce((sum, side) => sum + side.size, 0)).toBe(new Set(sides.flatMap((side) => [...side])).size);
  });
});

test('a pair by hand of two tasks that ask the same takes both to one side', async () => {
  const asking = (task: number, reward: number, answer: string): string =>
    rolloutLine(task, reward, answer).replace(`question ${task}`, `question ${task % 10}`);
  const lines = Array.from({ length: 20 }, (_, i) => [asking(i, 1, `good ${i}`), asking(i, 0, `bad ${i}`)]).flat();
  const pairs = Array.from({ length: 10 }, (_, i) => ({ chosen: key(lines[2 * i] ?? ''), rejected: key(lines[2 * (i + 10) + 1] ?? '') }));
  const { splits } = await exported('trl/dpo', lines, { validation: 0.4 }, { pairs });
  const tasks = Object.values(splits).map((rows) => new Set(rows.flatMap(linesOf).map((number) => Math.floor((number - 1) / 2))));
  expect(tasks).toHaveLength(2);
  expect([...(tasks[0] ?? [])].filter((task) => tasks[1]?.has(task))).toEqual([]);
});

test('rows with chosen problems are left out before anything else, with the rule as their reason', async () => {
  const specs = random(9);
  const { rows, excluded } = await exported('trl/sft', specs.map(line), { 'best-per-task': 1 }, { rules: { exclude: ['any/rule'] } });
  const broken = specs.filter(({ reward }) => reward === 1).length;
  expect(excluded['any/rule']).toBe(broken);
  expect(numbersOf(rows).every((number) => specs[number - 1]?.reward !== 1)).toBe(true);
});
