import { z } from 'zod';

/** How far a long job is. */
export const jobProgress = z.object({
  bytesDone: z.number(),
  bytesTotal: z.number(),
  /** Of the last few seconds. */
  bytesPerSecond: z.number(),
  /** At that rate; absent in the first half second, and while nothing moves. */
  secondsLeft: z.number().optional(),
});
export type JobProgress = z.infer<typeof jobProgress>;

/**
 * How far rows have been gone through: for the hashes that tell prompts and answers apart, for what is looked for in their lines, or for
 * texts of a column that lie in the lines.
 */
export const linesProgress = z.object({ pass: z.enum(['hashes', 'lines', 'texts']), rowsDone: z.int(), rowsTotal: z.int() });
export type LinesProgress = z.infer<typeof linesProgress>;
