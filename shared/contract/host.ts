import { z } from 'zod';
import type { Contract } from './method.ts';

/** What a shell tells its engine worker, over a channel that no page can reach: the paths behind the grants. */
export const hostContract = {
  'host.grant': { input: z.object({ grant: z.string(), paths: z.array(z.string()).min(1) }), output: z.object({}) },
  /** What files and folders stand for: the files to open as one dataset. Fails with a sentence where there are none. */
  'host.expand': {
    input: z.object({ paths: z.array(z.string()).min(1), recursive: z.boolean() }),
    output: z.object({ files: z.array(z.string()) }),
  },
} as const satisfies Contract;
