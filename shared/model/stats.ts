import { z } from 'zod';
import { columnKind, metricSummary } from './column.ts';
import { fileSummary } from './dataset.ts';
import { neighbour } from './neighbour.ts';

/** Output of `rollscope stats --json`; the shape is public (`rollscope schema stats`). */
export const stats = z.object({
  files: z.array(fileSummary),
  rows: z.int(),
  invalidLines: z.int(),
  /** Rows that `--where` keeps; columns, metrics and groups are of these. */
  selectedRows: z.int(),
  columns: z.array(
    z.object({ name: z.string(), kind: columnKind, present: z.int(), nulls: z.int(), missing: z.int(), note: z.string().optional() }),
  ),
  metrics: z.record(z.string(), metricSummary),
  /** By reward: with a spread beyond 1e-6, all equal, and with fewer than two rewards. */
  groups: z.object({ tasks: z.int(), withSignal: z.int(), allEqual: z.int(), single: z.int() }),
  /** Limits that were reached, a sentence each: columns that may lack values are not listed. */
  limits: z.array(z.string()).optional(),
  /** What Gym wrote beside the files, where it did. */
  neighbours: z.array(neighbour).optional(),
});
export type Stats = z.infer<typeof stats>;
