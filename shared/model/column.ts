import { z } from 'zod';

/** What a column holds over all rows: one kind of scalar, or several. */
export const columnKind = z.enum(['number', 'boolean', 'string', 'mixed']);
export type ColumnKind = z.infer<typeof columnKind>;

/** A column found in the file, or derived from it (`derived`, see the table in shared/model/derived.ts). */
export const columnInfo = z.object({
  name: z.string(),
  kind: columnKind,
  derived: z.boolean(),
  /** Rows with a value, with null, and without the field; they add up to the rows. */
  present: z.int(),
  nulls: z.int(),
  missing: z.int(),
  /** What is slower of this column, and why; absent where nothing is. */
  note: z.string().optional(),
});
export type ColumnInfo = z.infer<typeof columnInfo>;

/** Statistics of a number or boolean (0/1) column. `std` is the sample deviation (n - 1), absent when n < 2. */
export const metricSummary = z.object({
  count: z.int(),
  missing: z.int(),
  mean: z.number().optional(),
  std: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  median: z.number().optional(),
});
export type MetricSummary = z.infer<typeof metricSummary>;
