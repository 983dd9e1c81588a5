import { z } from 'zod';
import { limits } from '../limits.ts';
import { cell } from './cell.ts';
import { metricSummary } from './column.ts';

/**
 * `auto` chooses round edges that hold every value; one bin a value where there are few distinct ones. `count`: so many bins
 * of one width from the smallest value to the largest. `log`: round edges that grow by about the same factor, over the
 * values above zero, at most so many; zeros and negatives are counted apart.
 */
export const binning = z.union([
  z.object({ kind: z.literal('auto') }),
  z.object({ kind: z.literal('count'), bins: z.int().min(1).max(limits.bins) }),
  z.object({ kind: z.literal('log'), bins: z.int().min(1).max(limits.bins).optional() }),
  z.object({
    kind: z.literal('edges'),
    edges: z
      .array(z.number())
      .min(2)
      .max(limits.bins + 1),
  }),
]);
export type Binning = z.infer<typeof binning>;

/** The counts of a histogram by the values of another column. Those without one are among the rest. */
export const stack = z.object({
  by: z.string(),
  /** Most frequent over all rollouts first, whatever the filter; at most limits.stackParts. */
  parts: z.array(z.object({ value: cell, counts: z.array(z.int()) })),
  rest: z.array(z.int()),
});
export type Stack = z.infer<typeof stack>;

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
  /** Filtered rows with a number that no logarithm has; only with `log`. */
  apart: z.object({ zeros: z.int(), negatives: z.int() }).optional(),
  /** Distinct finite values among all rows, when at most 32: they are the ticks of a discrete metric. */
  distinct: z.array(z.number()).optional(),
  /** Adds up to `counts`; only where it was asked for. */
  stack: stack.optional(),
  /** Of the filtered rows. */
  summary: metricSummary,
  quantiles: z.object({ p5: z.number(), p25: z.number(), p50: z.number(), p75: z.number(), p95: z.number() }).optional(),
});
export type Histogram = z.infer<typeof histogram>;

/** How many filtered rows fall into each bin of two columns at once; conditions on either column alone are left aside. */
export const density = z.object({
  /** Edges, as those of a histogram. */
  x: z.array(z.number()),
  y: z.array(z.number()),
  /** Bin `i` of x and `j` of y is at `j * (x.length - 1) + i`. */
  counts: z.array(z.int()),
  /** Rows that lack a number in one of them, or have one that no bin holds. */
  without: z.int(),
});
export type Density = z.infer<typeof density>;

/** Of the finite numbers of a column, over the same rows as its histogram. */
export const quantiles = z.object({
  count: z.int(),
  /** The value at each probability that was asked for, linear between neighbours (numpy's default); none without a number. */
  values: z.array(z.number()),
  /** The share of numbers that are at most each value that was asked for: the cumulative distribution there. */
  shares: z.array(z.number()),
});
export type Quantiles = z.infer<typeof quantiles>;

export const facet = z.object({
  /** Most frequent first; conditions on this very column are left aside. */
  values: z.array(z.object({ value: cell, count: z.int() })),
  distinct: z.int(),
  nulls: z.int(),
  missing: z.int(),
});
export type Facet = z.infer<typeof facet>;
