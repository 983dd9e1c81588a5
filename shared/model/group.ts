import { z } from 'zod';
import { cellColumn } from './cell.ts';

/** Figures of a task that are one number each: what groups are sorted by, and counted in bins by. */
export const groupFigureNames = [
  'size',
  'mean',
  'std',
  'min',
  'max',
  'range',
  'passRate',
  'passAt1',
  'passAtK',
  'advantageMin',
  'advantageMax',
  'centredMin',
  'centredMax',
] as const;
export const groupFigureName = z.enum(groupFigureNames);
export type GroupFigureName = z.infer<typeof groupFigureName>;

/** What groups can be sorted by: their order in the files, their agent, whether they are dead (first) or alive, a figure, or how many planned rollouts are not there. */
export const groupOrder = z.enum(['task', 'agent', 'state', 'missing', ...groupFigureNames]);
export type GroupOrder = z.infer<typeof groupOrder>;

export const groupSort = z.object({ by: groupOrder, descending: z.boolean() });
export type GroupSort = z.infer<typeof groupSort>;

/** The rollouts of one task that a filter keeps, by one metric. Figures are absent where there is no value to make them of. */
export const taskGroup = z.object({
  /** Label of the task; two agents may have one of the same label. */
  task: z.string(),
  /** Its first rollout in the files, kept or not: by it the task is known. */
  first: z.int(),
  agent: z.string().optional(),
  /** Beginning of the prompt of the first rollout that is kept. */
  prompt: z.string().optional(),
  /** Rollouts, and those of them with a finite value. */
  size: z.int(),
  count: z.int(),
  mean: z.number().optional(),
  /** Sample deviation (n - 1). */
  std: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  passed: z.int(),
  /** Share of values that pass the mark. */
  passRate: z.number().optional(),
  /** Whether all values are 0 or 1. */
  binary: z.boolean(),
  /**
   * As Gym has them for one task, from 0 to 1 where values are: of binary values the chance that one of k drawn without return
   * is 1, else the largest of the first k. Absent where the task has fewer than k values.
   */
  passAt1: z.number().optional(),
  passAtK: z.number().optional(),
  /** Alive: a signal. Dead: two or more values without one. Single: fewer than two values. */
  state: z.enum(['alive', 'dead', 'single']),
  /** Rollouts that were planned of the task, and those of them that are not there; absent where no plan is known. */
  expected: z.int().optional(),
  missing: z.int().optional(),
  /** The first rollouts by rollout index, at most limits.groupStrip; their indices and values: null where there is none. */
  rows: z.array(z.int()),
  rollouts: z.array(z.union([z.int(), z.null()])),
  values: z.array(z.union([z.number(), z.null()])),
});
export type TaskGroup = z.infer<typeof taskGroup>;

export const groupsPage = z.object({ total: z.int(), passMark: z.number(), groups: z.array(taskGroup) });
export type GroupsPage = z.infer<typeof groupsPage>;

/** A window on the rollouts of one task that a filter keeps, by rollout index. */
export const groupRollouts = z.object({
  total: z.int(),
  rows: z.array(z.int()),
  rollouts: z.array(z.union([z.int(), z.null()])),
  values: z.array(z.union([z.number(), z.null()])),
  /** Value minus mean, and that over the sample deviation; 0 in a group without a signal, null without a value. */
  centred: z.array(z.union([z.number(), z.null()])),
  advantages: z.array(z.union([z.number(), z.null()])),
  columns: z.array(cellColumn),
});
export type GroupRollouts = z.infer<typeof groupRollouts>;

/** Over some tasks: of what a filter keeps. */
export const groupTotals = z.object({
  tasks: z.int(),
  rollouts: z.int(),
  /** Rollouts of the smallest and of the largest task; 0 without tasks. */
  smallest: z.int(),
  largest: z.int(),
  /** Tasks with a signal; with two values or more but none; with fewer than two values: these three add up to the tasks. */
  alive: z.int(),
  dead: z.int(),
  single: z.int(),
  /** Dead tasks whose values all reach the pass mark; the others fail it. */
  deadPassing: z.int(),
  /** Of all values; absent where there are none. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** Mean over the tasks that have a deviation. */
  meanStd: z.number().optional(),
  /** Mean of pass@k and avg@k over tasks, as Gym's compute_pass_majority_metrics has them, from 0 to 1 where values are. */
  pass: z.array(z.object({ k: z.int(), pass: z.number().optional(), average: z.number().optional() })),
});
export type GroupTotals = z.infer<typeof groupTotals>;

export const groupsSummary = z.object({
  total: groupTotals,
  /** By name, those without one last; at most limits.facetValues. */
  agents: z.array(groupTotals.extend({ agent: z.string().optional() })),
  /** Whether every value that is kept is 0 or 1. */
  binary: z.boolean(),
  /** Rollouts that are in no pass@k, as in Gym's reports: masked, failed, replaced by a later attempt. */
  leftOut: z.int(),
  /** Rollouts with a task index, and without. Where none has one, pass@k is over the tasks of the list. */
  indexed: z.int(),
  unindexed: z.int(),
});
export type GroupsSummary = z.infer<typeof groupsSummary>;

/** How many tasks have a figure in each bin: edges[i] <= figure < edges[i + 1], the last one closed. */
export const groupHistogram = z.object({
  edges: z.array(z.number()),
  counts: z.array(z.int()),
  /** Of the figures. */
  count: z.int(),
  mean: z.number().optional(),
  p25: z.number().optional(),
  p50: z.number().optional(),
  p75: z.number().optional(),
});
export type GroupHistogram = z.infer<typeof groupHistogram>;

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
