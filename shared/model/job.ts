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

/** How far lines have been gone through: for the hashes that tell prompts and answers apart, or for what is looked for in them. */
export const linesProgress = z.object({ pass: z.enum(['hashes', 'lines']), rowsDone: z.int(), rowsTotal: z.int() });
export type LinesProgress = z.infer<typeof linesProgress>;
