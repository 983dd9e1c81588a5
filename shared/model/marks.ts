import { z } from 'zod';

/** Review marks to set; fields left out stay as they are. */
export const markSet = z.object({
  star: z.boolean().optional(),
  tags: z.array(z.string().max(200)).max(100).optional(),
  note: z.string().max(20_000).optional(),
});
export type MarkSet = z.infer<typeof markSet>;

/** The review marks of one rollout. */
export const rolloutMarks = z.object({
  star: z.boolean(),
  tags: z.array(z.string()),
  note: z.string(),
  /** They were given to another line, which this one seems to have followed. */
  carriedOver: z.boolean(),
});
export type RolloutMarks = z.infer<typeof rolloutMarks>;

/** Where a review goes on. A rollout is decided once it has a star, a tag or a note. */
export const reviewStep = z.object({
  /** Null: all are decided. */
  row: z.union([z.int(), z.null()]),
  decided: z.int(),
  undecided: z.int(),
  /** Of the metric, where the review goes through bands of it; null where the rollout has no value. */
  band: z.union([z.object({ low: z.number(), high: z.number() }), z.null()]).optional(),
});
export type ReviewStep = z.infer<typeof reviewStep>;

/** The review marks of a dataset, and what could not be taken from the files they are kept in. */
export const marksSummary = z.object({
  rollouts: z.int(),
  /** Of them, those whose line is another than the one that was marked. */
  carriedOver: z.int(),
  /** Marks of no rollout here, or of several. */
  lost: z.int(),
  unreadableLines: z.int(),
  /** Some are kept in the user's own folder, because nothing can be written beside the file. */
  inDataFolder: z.boolean().optional(),
  /** Names of files that were kept aside: they lay in the place of marks and held none. */
  aside: z.array(z.string()).optional(),
  /** Why a file of marks cannot be read at all. */
  error: z.string().optional(),
});
export type MarksSummary = z.infer<typeof marksSummary>;

/** What came of marks that were imported; those of no row here, or of several, are not taken. */
export const marksImported = z.object({
  /** Rollouts that were marked or changed, and those that had the same marks already. */
  added: z.int(),
  unchanged: z.int(),
  /** Of both, those whose line is another than the one that was marked. */
  carriedOver: z.int(),
  lost: z.int(),
  unreadableLines: z.int(),
});
export type MarksImported = z.infer<typeof marksImported>;
