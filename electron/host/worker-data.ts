import { MessagePort } from 'node:worker_threads';
import { z } from 'zod';

/** What the engine worker is started with. */
export const workerData = z.object({
  /** File of the bundled scan thread. */
  scanThread: z.string(),
  version: z.string(),
  /** Where indexes are kept. */
  cacheFolder: z.string().optional(),
  /** Where review marks are kept that cannot be beside their file. */
  marksFolder: z.string().optional(),
  threads: z.int().min(1).optional(),
  /** Where the worker serves the host contract; no page gets near it. When it closes, the worker ends. */
  control: z.instanceof(MessagePort),
  /** Paths behind the grants there are already. */
  grants: z.array(z.tuple([z.string(), z.array(z.string())])),
});
export type WorkerData = z.infer<typeof workerData>;
