import { z } from 'zod';

/** A stretch of a text that a trainer reads, all of it in the loss or none. */
export const trainedPiece = z.object({
  /** Number of the message it belongs to, and the role of that; empty where it cannot be told. */
  message: z.int(),
  role: z.string(),
  text: z.string(),
  trained: z.boolean(),
  /** That begin in it. */
  tokens: z.int(),
  /** Where they begin, in UTF-16 units of the text; where a tokenizer says so. */
  edges: z.array(z.int()).optional(),
});
export type TrainedPiece = z.infer<typeof trainedPiece>;

/** One text that a trainer makes of a row: the conversation, or one side of a pair. */
export const trainedText = z.object({
  part: z.enum(['conversation', 'chosen', 'rejected', 'answer', 'prompt']),
  pieces: z.array(trainedPiece),
  tokens: z.int(),
  trainedTokens: z.int(),
});
export type TrainedText = z.infer<typeof trainedText>;

/** A row as its trainer reads it: by the chat template, and with what bears the loss. */
export const trainedExample = z.object({
  /** Of what the loss is: tokens; a score of the whole text; nothing, because the text is generated from; or nobody knows. */
  loss: z.enum(['tokens', 'score', 'none', 'unknown']),
  texts: z.array(trainedText),
  /** What has to be said of it, in sentences. */
  notes: z.array(z.string()),
  /** Its name; null: our own ChatML. */
  template: z.union([z.string(), z.null()]),
  /** Its name; null: tokens are estimated at four bytes each. */
  tokenizer: z.union([z.string(), z.null()]),
});
export type TrainedExample = z.infer<typeof trainedExample>;

/** The tokens of all examples of an export, as their trainer reads them. */
export const tokenTotals = z.object({
  tokens: z.number(),
  /** Those that bear the loss. */
  trained: z.number(),
  /** That were looked at: all, or some that are spread over all of them. */
  examples: z.int(),
  /** Of them, those that the template refuses: the others stand for them. */
  refused: z.int(),
  loss: trainedExample.shape.loss,
  /** Its name, where it has counted every text that was looked at; null: they are estimated at four bytes a token. */
  tokenizer: z.union([z.string(), z.null()]),
});
export type TokenTotals = z.infer<typeof tokenTotals>;

/** A chat template or a tokenizer, as it was read. */
export const chatFile = z.object({
  name: z.string(),
  /** What it is, in a few words. */
  about: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ChatFile = z.infer<typeof chatFile>;
