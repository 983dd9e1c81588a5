import { z } from 'zod';
import type { Contract } from './method.ts';

/** What a shell tells its engine worker, over a channel that no page can reach: the paths behind the grants. */
export const hostContract = {
  'host.grant': { input: z.object({ grant: z.string(), paths: z.array(z.string()).min(1) }), output: z.object({}) },
} as const satisfies Contract;
