import { z } from 'zod';

/** What groups can be sorted by: their order in the files, or a figure. */
export const groupOrder = z.enum(['task', 'size', 'mean', 'std', 'min', 'max', 'passRate', 'passAtK']);
export type GroupOrder = z.infer<typeof groupOrder>;

/** The rollouts of one task that a filter keeps, by one metric. Figures are absent where there is no value to make them of. */
export const taskGroup = z.object({
  /** Label of the task; two agents may have one of the same label. */
  task: z.string(),
  agent: z.string().optional(),
  /** Rollouts, and those of them with a finite value. */
  size: z.int(),
  count: z.int(),
  mean: z.number().optional(),
  /** Sample deviation (n - 1). */
  std: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  passed: z.int(),
  /** Share of values that pass: pass@1. */
  passRate: z.number().optional(),
  /** Absent where the task has fewer than k values. */
  passAtK: z.number().optional(),
  /** Alive: a signal. Dead: two or more values without one. Single: fewer than two values. */
  state: z.enum(['alive', 'dead', 'single']),
  /** The first rollouts as in the files, at most limits.groupStrip, and their values: null where there is none. */
  rows: z.array(z.int()),
  values: z.array(z.union([z.number(), z.null()])),
});
export type TaskGroup = z.infer<typeof taskGroup>;

export const groupsPage = z.object({ total: z.int(), passMark: z.number(), groups: z.array(taskGroup) });
export type GroupsPage = z.infer<typeof groupsPage>;

/** What groups of another size would be, expected over the tasks with two values or more. */
export const groupSize = z.object({
  size: z.int(),
  tasks: z.int(),
  /** Tasks with fewer values than the size: their chance is that of drawing with return, not exact. */
  extrapolated: z.int(),
  /** Share of groups without a signal; absent without tasks. */
  deadShare: z.number().optional(),
});
export type GroupSize = z.infer<typeof groupSize>;
