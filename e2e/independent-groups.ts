import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Groups of a file made in the plainest way: its lines through JSON.parse, by agent and task index. */
const line = z.looseObject({
  _ng_task_index: z.number(),
  _ng_rollout_index: z.number(),
  agent_ref: z.looseObject({ name: z.string() }),
  reward: z.number().nullish(),
});

export interface PlainGroup {
  readonly task: number;
  readonly agent: string;
  /** By rollout index; null where a rollout has no reward. */
  readonly rewards: readonly (number | null)[];
  readonly values: readonly number[];
  readonly mean: number;
  readonly std: number;
  readonly range: number;
  readonly isDead: boolean;
}

/** In the order in which tasks first occur; lines that are no rollouts are left out. */
export function readGroups(file: string): PlainGroup[] {
  const groups = new Map<string, z.infer<typeof line>[]>();
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    const parsed = line.safeParse(parseOrNull(text));
    if (!parsed.success) continue;
    const key = `${parsed.data.agent_ref.name}/${parsed.data._ng_task_index}`;
    groups.set(key, [...(groups.get(key) ?? []), parsed.data]);
  }
  return [...groups.values()].map((rows) => {
    const [first] = rows;
    if (first === undefined) throw new Error('a group has rows');
    return groupOf(
      first,
      [...rows].sort((a, b) => a._ng_rollout_index - b._ng_rollout_index).map(({ reward }) => reward ?? null),
    );
  });
}

function groupOf({ _ng_task_index: task, agent_ref: { name: agent } }: z.infer<typeof line>, rewards: (number | null)[]): PlainGroup {
  const values = rewards.filter((reward) => reward !== null);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const range = Math.max(...values) - Math.min(...values);
  return {
    task,
    agent,
    rewards,
    values,
    mean,
    std: Math.sqrt(squares / (values.length - 1)),
    range,
    isDead: values.length > 1 && range <= 1e-6,
  };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1);
  return k > n ? 0 : ways;
}

/** pass@k of one task by `compute_pass_majority_metrics` of Gym, from 0 to 1; undefined with fewer than k values. */
export function passAtK({ values }: PlainGroup, k: number): number | undefined {
  const n = values.length;
  if (n < k) return undefined;
  if (!values.every((value) => value === 0 || value === 1)) return Math.max(...values.slice(0, k));
  const right = values.filter((value) => value === 1).length;
  return 1 - choose(n - right, k) / choose(n, k);
}

/**
 * The share of dead groups of a size, by counting the draws whose values are all equal; undefined where a task has fewer values:
 * that would be extrapolated. Of values no two of which are nearly equal.
 */
export function deadShare(groups: readonly PlainGroup[], size: number): number | undefined {
  const measured = groups.filter(({ values }) => values.length > 1);
  if (measured.some(({ values }) => values.length < size)) return undefined;
  const shares = measured.map(({ values }) => {
    const alike = new Map<number, number>();
    for (const value of values) alike.set(value, (alike.get(value) ?? 0) + 1);
    return [...alike.values()].reduce((sum, count) => sum + choose(count, size), 0) / choose(values.length, size);
  });
  return mean(shares);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
