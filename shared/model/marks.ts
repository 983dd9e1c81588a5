import { z } from 'zod';

/** Review marks to set; fields left out stay as they are. */
export const markSet = z.object({
  star: z.boolean().optional(),
  tags: z.array(z.string().max(200)).max(100).optional(),
  note: z.string().max(20_000).optional(),
});
export type MarkSet = z.infer<typeof markSet>;

/** The review marks of a dataset, and what could not be taken from the files they are kept in. */
export const marksSummary = z.object({
  rollouts: z.int(),
  /** Of them, those whose line is another than the one that was marked. */
  carriedOver: z.int(),
  /** Marks of no rollout here, or of several. */
  lost: z.int(),
  unreadableLines: z.int(),
  /** Why a file of marks cannot be read at all. */
  error: z.string().optional(),
});
export type MarksSummary = z.infer<typeof marksSummary>;
