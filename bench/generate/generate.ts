import { environments } from './environments/index.ts';
import type { Environment } from './environments/index.ts';
import { oddities } from './oddities.ts';
import type { Oddity } from './oddities.ts';
import type { Scale } from './prose.ts';
import { random } from './random.ts';
import type { Random } from './random.ts';
import { rolloutRow, tinyRow } from './rollout.ts';

/** Mean lengths: `real` rows have 2 to 400 kB, `small` ones 1 to 10 kB, `tiny` ones are no conversations at all. */
export const sizes = {
  real: { length: 1, spread: 0.6, rounds: 1 },
  small: { length: 0.045, spread: 0.4, rounds: 0.36 },
  tiny: { length: 0, spread: 0, rounds: 0 },
} as const satisfies Record<string, Scale>;
export type Size = keyof typeof sizes;

export interface Plan {
  readonly seed: number;
  readonly size: Size;
  /** Attempts at each task. */
  readonly rollouts: number;
  /** Policies 0, 1, … attempt the same tasks; later ones are better. */
  readonly checkpoint: number;
  /** Share of the rows that get one of `kinds`. */
  readonly odd: number;
  readonly kinds: readonly Oddity[];
}

/** Tasks that are worked on at the same time: their rows are mixed, as rows are written when a rollout ends. */
const tasksAtOnce = 16;

/** Endless lines, without their newline. Equal plans give equal lines. */
export function* lines(plan: Plan): Generator<string | Buffer, never> {
  const base = random(plan.seed, 1);
  const all = environments.map((create) => create(base, sizes[plan.size]));
  for (let first = 0; ; first += tasksAtOnce) {
    const window: (string | Buffer)[] = [];
    for (let task = first; task < first + tasksAtOnce; task++) window.push(...taskLines(plan, all, task));
    yield* shuffled(window, random(plan.seed, 2, first, plan.checkpoint));
  }
}

function taskLines(plan: Plan, all: readonly Environment[], index: number): (string | Buffer)[] {
  const shared = random(plan.seed, 3, index);
  const environment = weighted(all, shared);
  const skill = skillOf(random(plan.seed, 5, index), plan.checkpoint);
  const task = environment.task(shared);
  return Array.from({ length: plan.rollouts }, (_, rollout) => {
    const at = random(plan.seed, 4, index, rollout, plan.checkpoint);
    const place = { task: index, rollout, agent: environment.agent, checkpoint: plan.checkpoint };
    if (plan.size === 'tiny') return JSON.stringify(tinyRow(at, place, at.chance(skill) ? 1 : 0));
    const row = rolloutRow(at, place, task, task.attempt(at, skill), plan.size === 'real');
    return at.chance(plan.odd) ? oddities[at.pick(plan.kinds)].line(row, at) : JSON.stringify(row);
  });
}

/** A fifth of the tasks is beyond the policy, a fifth always solved: groups without a signal. Later checkpoints do better. */
function skillOf(of: Random, checkpoint: number): number {
  const kind = of.next();
  const learnable = 0.1 + 0.8 * of.next();
  const start = kind < 0.2 ? 0 : kind < 0.4 ? 1 : learnable;
  return checkpoint === 0 ? start : Math.min(1, start + checkpoint * 0.15 * (start === 0 ? of.int(0, 1) : 1));
}

function weighted(all: readonly Environment[], shared: Random): Environment {
  let at = shared.next() * all.reduce((sum, each) => sum + each.weight, 0);
  for (const each of all) if ((at -= each.weight) < 0) return each;
  throw new Error('no environment');
}

function shuffled<T>(list: T[], order: Random): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = order.int(0, i);
    const held = list[i] as T; // i and j are within the list
    list[i] = list[j] as T;
    list[j] = held;
  }
  return list;
}
