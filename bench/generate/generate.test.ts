import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { environments } from './environments/index.ts';
import { lines } from './generate.ts';
import type { Plan } from './generate.ts';
import { oddities, oddityNames } from './oddities.ts';
import { sample } from './sample.ts';
import { parseBytes } from './units.ts';
import { blocks } from './write.ts';

const plan: Plan = { seed: 5, size: 'small', rollouts: 8, checkpoint: 0, odd: 0, kinds: oddityNames };
const plain = { crlf: false, bom: false, cutEnd: false };

const row = z.looseObject({
  _ng_task_index: z.int(),
  _ng_rollout_index: z.int(),
  agent_ref: z.object({ name: z.string() }),
  reward: z.number(),
  responses_create_params: z.looseObject({ input: z.union([z.string(), z.array(z.looseObject({}))]), tools: z.array(z.unknown()) }),
  response: z.looseObject({
    output: z.array(z.looseObject({ type: z.string(), call_id: z.string().optional() })),
    usage: z.looseObject({ output_tokens: z.int() }),
  }),
});

function take(count: number, changes: Partial<Plan> = {}): string[] {
  const made: string[] = [];
  for (const line of lines({ ...plan, ...changes })) {
    made.push(line.toString());
    if (made.length === count) break;
  }
  return made;
}

const rows = (count: number, changes: Partial<Plan> = {}) => take(count, changes).map((line) => row.parse(JSON.parse(line)));

function groupBy<T, K>(list: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

test('the committed sample is what the generator makes', () => {
  const committed = readFileSync(new URL('../sample/sample.jsonl', import.meta.url));
  expect(committed.length).toBeLessThan(1_500_000);
  expect(committed.equals(sample()), 'run `node bench/generate.mjs --sample`').toBe(true);
});

describe('a file', () => {
  test('is the same for the same plan, and another for another seed', () => {
    expect(take(64)).toEqual(take(64));
    expect(take(8, { seed: 6 })).not.toEqual(take(8));
  });

  test('holds complete groups of siblings: equal requests, and outcomes that differ in some groups only', () => {
    const groups = groupBy(rows(128 * 8), (each) => each._ng_task_index);
    expect([...groups.values()].every((group) => group.length === 8)).toBe(true);
    for (const group of groups.values()) {
      expect(new Set(group.map((each) => JSON.stringify(each.responses_create_params))).size).toBe(1);
      expect(new Set(group.map((each) => each._ng_rollout_index)).size).toBe(8);
    }
    const withSignal = [...groups.values()].filter((group) => new Set(group.map((each) => each.reward)).size > 1).length;
    expect(withSignal).toBeGreaterThan(groups.size * 0.3);
    expect(withSignal).toBeLessThan(groups.size * 0.9);
  });

  test('mixes agents whose rewards have different shapes', () => {
    const byAgent = groupBy(rows(2000), (each) => each.agent_ref.name);
    expect(byAgent.size).toBe(environments.length);
    const rewards = [...byAgent.values()].map((group) => group.map((each) => each.reward));
    const binary = rewards.filter((list) => list.every((reward) => reward === 0 || reward === 1));
    const graded = rewards.filter(
      (list) => list.some((reward) => reward > 0 && reward < 1) && list.every((reward) => reward >= 0 && reward <= 1),
    );
    const wide = rewards.filter((list) => list.some((reward) => reward < 0) && list.some((reward) => reward > 1));
    expect([binary.length, graded.length, wide.length].every((count) => count > 0)).toBe(true);
  });

  test('answers every call unless it is asked for oddities, and calls tools in parallel', () => {
    let parallel = 0;
    for (const { response } of rows(800)) {
      const ids = (type: string) => response.output.filter((item) => item.type === type).map((item) => item.call_id);
      expect(ids('function_call_output')).toEqual(ids('function_call'));
      if (response.output.some((item, i) => item.type === 'function_call' && response.output[i + 1]?.type === 'function_call')) parallel++;
    }
    expect(parallel).toBeGreaterThan(50);
  });

  test('lets a later checkpoint attempt the same tasks, and do better', () => {
    const [before, after] = [rows(1600), rows(1600, { checkpoint: 1 })];
    const requests = (list: typeof before) =>
      new Map(list.map((each) => [each._ng_task_index, JSON.stringify(each.responses_create_params)]));
    expect([...requests(after)].filter(([task, request]) => requests(before).get(task) !== request)).toEqual([]);
    const solved = (list: typeof before) => list.filter((each) => each.reward >= 1).length;
    expect(solved(after)).toBeGreaterThan(solved(before));
  });

  test('has rows of 100 to 300 bytes when they shall be tiny', () => {
    const lengths = take(500, { size: 'tiny' }).map((line) => line.length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(300);
  });
});

describe('oddities', () => {
  test.each(oddityNames)('%s', (kind) => {
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    let changed = 0;
    const ordinary = take(32);
    for (const line of lines({ ...plan, odd: 1, kinds: [kind] })) {
      const readable = (() => {
        try {
          const value: unknown = JSON.parse(typeof line === 'string' ? line : utf8.decode(line));
          return z.record(z.string(), z.unknown()).safeParse(value).success;
        } catch {
          return false;
        }
      })();
      expect(readable, line.toString().slice(0, 200)).toBe(!oddities[kind].invalid);
      if (line.toString() !== ordinary[changed]) changed++;
      if (changed === ordinary.length) break;
    }
  });

  test('come at the rate that is asked for', () => {
    const invalid = take(4000, { odd: 0.1, kinds: ['placeholder'] }).filter((line) => line === '<PLACEHOLDER ROW>');
    expect(invalid.length).toBeGreaterThan(320);
    expect(invalid.length).toBeLessThan(480);
  });

  test('write an integer that float64 cannot hold as digits', () => {
    expect(take(1, { odd: 1, kinds: ['big-integer'] })[0]).toContain('"sandbox_id":9007199254740993');
  });
});

describe('the form of a file', () => {
  const bytes = (form: Parameters<typeof blocks>[1]) => Buffer.concat([...blocks(plan, form)].map((block) => Buffer.from(block.data)));

  test('has the rows asked for, each with its newline', () => {
    expect(
      bytes({ ...plain, rows: 20 })
        .toString()
        .split('\n'),
    ).toEqual([...take(20), '']);
  });

  test('ends with the line that reaches the size', () => {
    const wanted = 100_000;
    const made = bytes({ ...plain, bytes: wanted }).toString();
    expect(made.length).toBeGreaterThanOrEqual(wanted);
    expect(made.lastIndexOf('\n', made.length - 2)).toBeLessThan(wanted);
  });

  test('may have CRLF, a BOM, and a last line that is cut', () => {
    const made = bytes({ rows: 3, crlf: true, bom: true, cutEnd: true }).toString();
    expect(made.startsWith('\uFEFF{')).toBe(true);
    const [first = '', second = '', cut = '', ...rest] = made.slice(1).split('\r\n');
    expect([first, second]).toEqual(take(2));
    expect(() => void JSON.parse(cut)).toThrow('JSON');
    expect(rest).toEqual([]);
  });
});

test('sizes are written with decimal units', () => {
  expect([parseBytes('500MB'), parseBytes('1.5 GB'), parseBytes('4096')]).toEqual([500_000_000, 1_500_000_000, 4096]);
  expect(() => parseBytes('5 apples')).toThrow('no size');
});
