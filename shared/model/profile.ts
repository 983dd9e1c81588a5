import { z } from 'zod';

/** `mean/reward`, `pass@1/accuracy`, …: figures by Gym's names. */
export type Figures = Record<`${string}/${string}`, number>;

const groupParts = z.object({
  agent: z.string().optional(),
  /** A text where the file has one, or a number beyond float64. */
  _ng_task_index: z.union([z.number(), z.string()]),
  num_rollouts: z.int(),
  /** These three are known where the materialized inputs are. */
  expected_num_rollouts: z.int().optional(),
  missing_num_rollouts: z.int().optional(),
  reward_profile_completion_pct: z.number().optional(),
});
/** The rollouts of one task index: `mean|max|min|median|std/<field>`. Figures that Gym would leave out are absent. */
export const profileGroup = groupParts.catchall(z.number());
export type ProfileGroup = z.infer<typeof groupParts> & Figures;

const passParts = z.object({ per_sample_aggregate: z.record(z.string(), z.array(z.number())).optional() });
/** Percentages: `pass@k`, `pass@1[avg-of-k]`, `majority@k`, each `/accuracy` or `/no_answer`, and how they vary. */
export const profilePass = passParts.catchall(z.number());
export type ProfilePass = z.infer<typeof passParts> & Figures;

const agentParts = z.object({
  agent: z.string().optional(),
  rollouts: z.int(),
  tasks: z.int(),
  /** Where groups are larger than the largest k that `pass` goes to: that k. */
  largestK: z.int().optional(),
  pass: profilePass,
});
/** The same figures over all rollouts of an agent, and `coverage/*` where some are masked. */
export const profileAgent = agentParts.catchall(z.number());
export type ProfileAgent = Omit<z.infer<typeof agentParts>, 'pass'> & { pass: ProfilePass } & Figures;

const profileCounts = z.object({
  /** Measured rollouts without a task index: counted under `agents`, in no group. */
  ungrouped: z.int(),
  /** Left out of every figure: masked rollouts, failures, attempts that a later one replaces. */
  masked: z.int(),
  failed: z.int(),
  superseded: z.int(),
  /** Rollouts with the agent, task and rollout index of another one; they are in the figures. */
  duplicates: z.int(),
});
/** Output of `rollscope profile --json`; the shape is public (`rollscope schema profile`). Names are Gym's. */
export const profile = profileCounts.extend({ agents: z.array(profileAgent), groups: z.array(profileGroup) });
export type ProfileCounts = z.infer<typeof profileCounts>;
