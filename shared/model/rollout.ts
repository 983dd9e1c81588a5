import { z } from 'zod';
import { cell } from './cell.ts';
import { jsonValue, message, tool } from './conversation.ts';
import { finding, invalidLine } from './problem.ts';

/** Output of `rollscope show --json`; the shape is public (`rollscope schema show`). */
export const shownRollout = z.object({
  /** From 1. */
  line: z.int(),
  /** Of the line's first byte, from 0. */
  byteOffset: z.number(),
  reward: z.union([z.number(), z.null()]).optional(),
  task: z.string(),
  agent: z.string().optional(),
  rollout: z.int().optional(),
  messages: z.array(message),
  tools: z.array(tool),
  /** Every number and boolean (0/1) column of the row. */
  metrics: z.record(z.string(), z.number()),
  problems: z.array(finding),
  /** Output items of unknown type, as they are; an export leaves such a row out. */
  unknownItems: z.array(jsonValue),
});
export type ShownRollout = z.infer<typeof shownRollout>;

/** A sibling: another rollout of the same task. */
export const sibling = z.object({ row: z.int(), rollout: z.int().optional(), metric: z.number().optional() });
export type Sibling = z.infer<typeof sibling>;

/** What the reader shows of one row. Rows are numbered over all non-blank lines of the dataset, from 0. */
export const rolloutDetail = z.discriminatedUnion('kind', [
  shownRollout.extend({
    kind: z.literal('rollout'),
    row: z.int(),
    file: z.string(),
    bytes: z.number(),
    /** Number of leading messages that came from the request; the others are the model's and the tools'. */
    promptMessages: z.int(),
    /** Every scalar column of the row, in file order. */
    fields: z.array(z.object({ name: z.string(), value: cell })),
    /** Sampling parameters of the request: every scalar of responses_create_params. */
    request: z.record(z.string(), cell),
    siblings: z.array(sibling),
  }),
  invalidLine.extend({ kind: z.literal('invalid'), bytes: z.number() }),
]);
export type RolloutDetail = z.infer<typeof rolloutDetail>;
