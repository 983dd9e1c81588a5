import { z } from 'zod';

/** Files that Gym writes beside a file of rollouts. */
export const neighbourKinds = [
  'materialized-inputs',
  'failures',
  'verdicts',
  'quality-summary',
  'aggregate-metrics',
  'reward-profiling',
  'agent-metrics',
  'repeat-level-metrics',
] as const;
export type NeighbourKind = (typeof neighbourKinds)[number];

/** A task of which fewer rollouts are there than were planned. */
export const incompleteTask = z.object({
  agent: z.string().optional(),
  /** `_ng_task_index`. */
  task: z.string(),
  expected: z.int(),
  /** Rollouts in the file. */
  present: z.int(),
  /** Rollouts that only failed; the others were never run, or stopped. */
  failed: z.int(),
});
export type IncompleteTask = z.infer<typeof incompleteTask>;

/** What the planned rollouts say of those that are there. */
export const planJoin = z.object({
  expected: z.int(),
  present: z.int(),
  /** Neither there nor failed. */
  neverRun: z.int(),
  /** All, some, none of a task's planned rollouts are there. */
  tasks: z.object({ complete: z.int(), partial: z.int(), missing: z.int() }),
  /** At most limits.facetValues, in the order of the plan. */
  incomplete: z.array(incompleteTask),
});

/** Failed attempts, by (task, rollout). */
export const failureJoin = z.object({
  attempts: z.int(),
  /** Rollouts that failed and never succeeded. */
  failed: z.int(),
  /** Rollouts that failed, and are there all the same: a later attempt succeeded. */
  recovered: z.int(),
  /** Attempts of each failure class. The classes are an open set. */
  classes: z.record(z.string(), z.int()),
});

/** Verdicts of Gym's health check over the rollouts of the file. */
export const verdictJoin = z.object({ healthy: z.int(), unhealthy: z.int(), unobserved: z.int(), other: z.int() });

/** One neighbour of one file of a dataset. */
export const neighbour = z.object({
  kind: z.enum(neighbourKinds),
  /** The file it lies beside, as the dataset calls it. */
  file: z.string(),
  /** Its own name. */
  name: z.string(),
  bytes: z.number(),
  modifiedAt: z.iso.datetime(),
  /** It may be of an earlier run: older than the file, or it does not know some of its rollouts. */
  stale: z.boolean(),
  /** Whether it is read and joined. */
  enabled: z.boolean(),
  /** Lines, or entries of a list; absent where it was not read. */
  rows: z.int().optional(),
  plan: planJoin.optional(),
  failures: failureJoin.optional(),
  verdicts: verdictJoin.optional(),
  /** Why it is not joined, or not all of it. */
  problem: z.string().optional(),
});
export type Neighbour = z.infer<typeof neighbour>;
