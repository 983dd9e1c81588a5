import { z } from 'zod';
import { marksSummary } from './marks.ts';
import { jobProgress } from './job.ts';

export const fileSummary = z.object({
  /** As the user named it; in the app the file's name. */
  path: z.string(),
  bytes: z.number(),
  /** Of a packed file (.gz, .zst): how long it is unpacked. */
  unpackedBytes: z.number().optional(),
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
  /** Identifies the bytes as they were when they were opened: size and sampled content. Empty until a pipe has been read. */
  fingerprint: z.string(),
  /** Changes whenever there is more to ask about, or something else. */
  version: z.int(),
  /** What is appended to the files is taken in. */
  following: z.boolean(),
  /** A file grew in the last seconds, or ends inside a line that may go on. */
  growing: z.boolean(),
  /** What happened to files that were followed and are no longer: replaced, cut, rewritten, removed. What was read of them stays. */
  notices: z.array(z.string()).optional(),
  /** Limits that were reached, a sentence each: what is not listed, and how to have it nevertheless. */
  limits: z.array(z.string()).optional(),
  error: z.string().optional(),
  /** Absent where nothing was ever marked. */
  marks: marksSummary.optional(),
});
export type DatasetState = z.infer<typeof datasetState>;
