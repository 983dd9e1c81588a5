import type { Item, Json } from '../items.ts';
import type { Scale } from '../prose.ts';
import type { Random } from '../random.ts';

/** What one attempt came to. */
export interface Outcome {
  readonly output: readonly Item[];
  readonly reward: number;
  /** The verifier's own fields, at the top level of the row. */
  readonly fields: { readonly [key: string]: Json };
}

/** One task. All of its attempts get the same request. */
export interface Task {
  readonly input: string | readonly Item[];
  readonly tools: readonly Item[];
  /** `skill` is the chance, 0 to 1, that things go well: 0 and 1 make a group without a signal. */
  attempt(random: Random, skill: number): Outcome;
}

/** A made-up environment: draws tasks, and plays an agent that attempts them. */
export interface Environment {
  /** `agent_ref.name`. */
  readonly agent: string;
  /** Share of the tasks, relative to the other environments. */
  readonly weight: number;
  task(random: Random): Task;
}

export type CreateEnvironment = (random: Random, scale: Scale) => Environment;
