import { z } from 'zod';

/** Something the user let the app touch. The page knows only its id; paths stay with the shell. */
export const grant = z.object({
  grant: z.string(),
  kind: z.enum(['files', 'folder']),
  name: z.string(),
  /** For people: the folder it lies in, the number of shards. */
  detail: z.string(),
  bytes: z.number(),
});
export type Grant = z.infer<typeof grant>;

/** A dataset opened before: enough to know it by eye. */
export const recent = grant.extend({
  openedAt: z.string(),
  rows: z.int(),
  tasks: z.int().optional(),
  /** Counts of the reward histogram, up to 32 bins, with its range. */
  shape: z.object({ counts: z.array(z.int()), min: z.number(), max: z.number() }).optional(),
  /** Whether the file is as it was. */
  state: z.enum(['same', 'changed', 'gone']),
});
export type Recent = z.infer<typeof recent>;
