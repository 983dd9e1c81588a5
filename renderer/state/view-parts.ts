import { z } from 'zod';
import { limits } from '#shared/limits.ts';
import { groupSort } from '#shared/model/group.ts';

/** How the distribution of the metric is drawn, and what its consequences are counted with. */
export const chart = {
  /** Bins of the large histogram: chosen by the engine, growing by a factor, or so many of one width. */
  bins: z.union([z.enum(['auto', 'log']), z.int().min(1).max(limits.bins)]).default('auto'),
  /** The part of the axis that is seen, and the whole of it; null: all. */
  zoom: z
    .object({ min: z.number(), max: z.number(), of: z.tuple([z.number(), z.number()]).readonly() })
    .refine(({ min, max }) => min < max)
    .nullable()
    .default(null),
  /** The column whose values divide the bars; null: the threshold does. */
  stack: z.string().nullable().default(null),
  /** The column that the metric is drawn against; null: no such chart. */
  against: z.string().nullable().default(null),
  againstLog: z.boolean().default(false),
  /** Least difference of possible pairs; null: the default of exports. */
  margin: z.number().min(0).nullable().default(null),
};

/** How the groups are listed. */
export const groupsView = groupSort.extend({
  by: groupSort.shape.by.default('task'),
  descending: z.boolean().default(false),
  /** Of pass@k; null: what suits the sizes of the groups. */
  k: z.int().min(1).max(limits.passK).nullable().default(null),
  /** Advantages over the deviation, or rewards less the mean alone. */
  advantage: z.enum(['scaled', 'centred']).default('scaled'),
  /** Values that differ by no more carry no signal; null: what conditions and exports take. */
  tolerance: z.number().min(0).nullable().default(null),
  /** A row of the task whose rollouts are shown below it. */
  open: z.int().min(0).nullable().default(null),
});
export type GroupsView = z.infer<typeof groupsView>;
