import { z } from 'zod';
import { filter } from './query.ts';

/** `framework/method`. */
export const targetId = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/);

export const optionValue = z.union([z.boolean(), z.number(), z.string(), z.record(z.string(), z.string())]);
export type OptionValue = z.infer<typeof optionValue>;

/**
 * Everything that decides the bytes of an export, beside the input: no paths, no times. Options that are not named have
 * the target's defaults. Same recipe and same input give the same bytes in every data file.
 */
export const recipe = z.object({
  version: z.literal(1),
  filter,
  target: targetId,
  options: z.record(z.string(), optionValue),
});
export type Recipe = z.infer<typeof recipe>;
