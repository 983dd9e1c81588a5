import { z } from 'zod';
import { jobProgress } from './job.ts';

export const fileSummary = z.object({
  /** As the user named it; in the app the file's name. */
  path: z.string(),
  bytes: z.number(),
  /** Non-blank lines: rows + invalidLines. */
  lines: z.int(),
  rows: z.int(),
  invalidLines: z.int(),
  blankLines: z.int(),
});
export type FileSummary = z.infer<typeof fileSummary>;

/** How far a dataset has been read. Counts are of the rows that can be queried now. */
export const datasetState = z.object({
  dataset: z.string(),
  name: z.string(),
  phase: z.enum(['reading', 'ready', 'failed', 'cancelled']),
  bytesRead: z.number(),
  bytesTotal: z.number(),
  lines: z.int(),
  rows: z.int(),
  invalidLines: z.int(),
  blankLines: z.int(),
  /** Distinct task keys, known when the file has been read whole. */
  tasks: z.int().optional(),
  /** The last line has no newline and is no complete JSON value. */
  cutLastLine: z.boolean(),
  elapsedMs: z.number(),
  /** While it is read: how fast, and how long still. */
  job: jobProgress.optional(),
  files: z.array(fileSummary),
  /** Identifies the bytes: size, mtime and sampled content. Empty until read. */
  fingerprint: z.string(),
  error: z.string().optional(),
});
export type DatasetState = z.infer<typeof datasetState>;
