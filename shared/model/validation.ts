import { z } from 'zod';
import { problem } from './problem.ts';

/** Output of `rollscope validate --json`; the shape is public (`rollscope schema validate`). Problems are worst first. */
export const validation = z.object({
  /** Rollouts: lines that are one JSON object each. */
  rows: z.int(),
  problems: z.array(problem),
});
export type Validation = z.infer<typeof validation>;
