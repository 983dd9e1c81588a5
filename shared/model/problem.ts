import { z } from 'zod';

export const severity = z.enum(['error', 'warning', 'note']);
export type Severity = z.infer<typeof severity>;

/** What is wrong in one place of one row. `at` is the path inside the row. */
export const finding = z.object({ rule: z.string(), severity, at: z.string().optional(), message: z.string() });
export type Finding = z.infer<typeof finding>;

/** One place of a problem. For byte rules `offset` counts within the line and `byteOffset` within the file, from 0. */
export const problemExample = z.object({
  path: z.string(),
  line: z.int(),
  offset: z.number().optional(),
  byteOffset: z.number().optional(),
  at: z.string().optional(),
  message: z.string(),
});
export type ProblemExample = z.infer<typeof problemExample>;

/** All findings of one rule. `count` counts findings, `rows` the lines they are in. */
export const problem = z.object({
  rule: z.string(),
  severity,
  count: z.int(),
  rows: z.int(),
  title: z.string(),
  meaning: z.string(),
  remedy: z.string(),
  examples: z.array(problemExample),
});
export type Problem = z.infer<typeof problem>;

/** A line that is no rollout. */
export const invalidLine = z.object({
  row: z.int(),
  file: z.string(),
  line: z.int(),
  offset: z.number(),
  byteOffset: z.number(),
  rule: z.string(),
  message: z.string(),
  /** Beginning of the line, undecodable bytes as U+FFFD. */
  preview: z.string(),
});
export type InvalidLine = z.infer<typeof invalidLine>;
