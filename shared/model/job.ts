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
