import { z } from 'zod';
import { limits } from '../limits.ts';

/** Conditions in the expression language (./expression), all of which a row must meet, in the order the user gave them. */
export const filter = z.array(z.string().max(limits.conditionChars)).max(limits.conditions);
export type Filter = z.infer<typeof filter>;

export const sortKey = z.object({ column: z.string(), descending: z.boolean() });

/** Which rows, in which order. The same value selects the table, the charts and the export. */
export const query = z.object({ filter, sort: z.array(sortKey).max(8) });
export type Query = z.infer<typeof query>;

/** Half-open [start, end), clamped to what there is. */
export const range = z.object({ start: z.int().min(0), end: z.int().min(0) });
export type Range = z.infer<typeof range>;

/** What each condition of a filter does, in the order given. */
export const conditionCounts = z.object({
  /** Rollouts, and those that meet all conditions. */
  rows: z.int(),
  kept: z.int(),
  /** `leftOut`: rows it is the first to leave out, which add up to rows - kept. `back`: rows that would come back without it. */
  conditions: z.array(z.object({ condition: z.string(), leftOut: z.int(), back: z.int() })),
});
export type ConditionCounts = z.infer<typeof conditionCounts>;
