import { z } from 'zod';
import { limits } from '../limits.ts';
import { cell } from './cell.ts';
import { metricSummary } from './column.ts';

/** `auto` chooses round edges that hold every value; one bin a value where there are few distinct ones. */
export const binning = z.union([
  z.object({ kind: z.literal('auto') }),
  z.object({
    kind: z.literal('edges'),
    edges: z
      .array(z.number())
      .min(2)
      .max(limits.bins + 1),
  }),
]);
export type Binning = z.infer<typeof binning>;

/**
 * Bin i holds edges[i] <= value < edges[i + 1]; the last one also holds its upper edge. `counts` are the rows that the
 * filter keeps (conditions on this very column left aside), `all` those of the whole dataset, over the same edges.
 */
export const histogram = z.object({
  edges: z.array(z.number()),
  counts: z.array(z.int()),
  all: z.array(z.int()),
  /** Filtered rows with no finite number here: null, without the field, NaN or infinite or not a number. */
  nulls: z.int(),
  missing: z.int(),
  other: z.int(),
  /** Distinct finite values among all rows, when at most 32: they are the ticks of a discrete metric. */
  distinct: z.array(z.number()).optional(),
  /** Of the filtered rows. */
  summary: metricSummary,
  quantiles: z.object({ p5: z.number(), p25: z.number(), p50: z.number(), p75: z.number(), p95: z.number() }).optional(),
});
export type Histogram = z.infer<typeof histogram>;

export const facet = z.object({
  /** Most frequent first; conditions on this very column are left aside. */
  values: z.array(z.object({ value: cell, count: z.int() })),
  distinct: z.int(),
  nulls: z.int(),
  missing: z.int(),
});
export type Facet = z.infer<typeof facet>;
