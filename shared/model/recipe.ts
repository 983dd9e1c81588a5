import { z } from 'zod';
import { AppError } from '../errors.ts';
import { nearestNames } from './expression/index.ts';
import { filter } from './query.ts';

/** `framework/method`. */
export const targetId = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/);

export const optionValue = z.union([z.boolean(), z.number(), z.string(), z.record(z.string(), z.string())]);
export type OptionValue = z.infer<typeof optionValue>;

/** A rollout, whatever the file is called. `hash`, sha256 of the bytes of its line in hex, decides; the rest is for people. */
export const rolloutKey = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  agent: z.string().optional(),
  task: z.string().optional(),
  rollout: z.int().optional(),
});

/**
 * Everything that decides the bytes of an export, beside the input: no paths, no times. Options that are not named have
 * the target's defaults. Same recipe and same input give the same bytes in every data file.
 */
export const recipe = z.strictObject({
  version: z.literal(1),
  filter,
  target: targetId,
  options: z.record(z.string(), optionValue),
  /** Options of the step sampling, apart from those of the mapping; they may stand among `options` as well. */
  sampling: z.record(z.string(), optionValue).optional(),
  /** The option `seed`. */
  seed: z.int().min(0).max(0xffff_ffff).optional(),
  /** Pairs chosen by hand, for targets that write pairs. */
  pairs: z.array(z.strictObject({ chosen: rolloutKey, rejected: rolloutKey })).optional(),
  /** `exclude`: rules (`rollscope validate`) whose findings leave a rollout out. `off`: admission rules that leave none out. */
  rules: z.strictObject({ exclude: z.array(z.string()).optional(), off: z.array(z.string()).optional() }).optional(),
});
export type Recipe = z.infer<typeof recipe>;

const sections: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(recipe.shape),
  rules: ['exclude', 'off'],
  chosen: Object.keys(rolloutKey.shape),
  rejected: Object.keys(rolloutKey.shape),
};

/** A recipe from outside. Fails with bad-input: where it is wrong, and for an unknown key with the nearest right spelling. */
export function parseRecipe(value: unknown): Recipe {
  const parsed = recipe.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map(String);
  if (issue?.code !== 'unrecognized_keys') throw new AppError('bad-input', [...path, issue?.message ?? 'is no recipe'].join(' '));
  const [key = ''] = issue.keys;
  const suggestions = nearestNames(key, sections[path.at(-1) ?? ''] ?? []);
  const hint = suggestions[0] === undefined ? '' : ` Did you mean "${suggestions[0]}"?`;
  throw new AppError('bad-input', `there is no key "${[...path, key].join('.')}".${hint}`, { suggestions });
}
