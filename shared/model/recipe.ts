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

export type RolloutKey = z.infer<typeof rolloutKey>;

/** A better and a worse rollout of a task, chosen by hand. */
const pairKey = z.strictObject({ chosen: rolloutKey, rejected: rolloutKey });
export type PairKey = z.infer<typeof pairKey>;

/** A file beside the rollouts that decides bytes. `sha256`, in hex, says which; the name is for people. */
const fileKey = z.strictObject({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

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
  pairs: z.array(pairKey).optional(),
  /** `exclude`: rules (`rollscope validate`) whose findings leave a rollout out. `off`: admission rules that leave none out. */
  rules: z.strictObject({ exclude: z.array(z.string()).optional(), off: z.array(z.string()).optional() }).optional(),
  /** The `tokenizer.json` that lengths are counted with, and the chat template that makes the texts: without one our own. */
  tokenizer: fileKey.optional(),
  template: fileKey.optional(),
});
export type Recipe = z.infer<typeof recipe>;

const sections: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(recipe.shape),
  rules: ['exclude', 'off'],
  chosen: Object.keys(rolloutKey.shape),
  rejected: Object.keys(rolloutKey.shape),
  tokenizer: Object.keys(fileKey.shape),
  template: Object.keys(fileKey.shape),
};

/** What each part must be, for people. */
const wanted: Readonly<Record<string, string>> = {
  version: 'must be 1: this program reads no other. A higher number is of a newer Rollscope.',
  filter: 'must be a list of conditions, as ["reward >= 0.5"]; [] keeps all.',
  target: 'must be the name of a target, as "trl/sft": `rollscope targets` lists them.',
  options: 'must hold options of the target, as {"reasoning": "drop"}; {} leaves all at their defaults.',
  sampling: 'must hold options of the step sampling, as {"shuffle": true}.',
  seed: 'must be a whole number from 0 to 4294967295.',
  pairs: 'must be a list of {"chosen": {"hash": …}, "rejected": {"hash": …}}.',
  hash: 'must be the sha256 of the line, 64 digits in hex.',
  rules: 'must hold the lists "exclude" and "off" of names of rules.',
  tokenizer: 'must be {"name": …, "sha256": …} of a tokenizer.json.',
  template: 'must be {"name": …, "sha256": …} of a chat template.',
  sha256: 'must be the sha256 of the file, 64 digits in hex.',
  exclude: 'must be a list of names of rules.',
  off: 'must be a list of names of rules.',
};

/** The text of a recipe file. Fails as `parseRecipe` does, and where it is no JSON with the place at which reading stops. */
export function readRecipe(text: string): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const at = error instanceof SyntaxError ? stopOf(error, text) : undefined;
    throw new AppError('bad-input', `it is not JSON.${at === undefined ? '' : ` It stops making sense at ${placeIn(text, at)}.`}`);
  }
  return parseRecipe(value);
}

/** Where `JSON.parse` gave up; undefined where it does not say. */
function stopOf({ message }: SyntaxError, text: string): number | undefined {
  if (message.includes('end of JSON input')) return text.length;
  const at = /at position (\d+)/.exec(message)?.[1];
  return at === undefined ? undefined : Number(at);
}

function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, character ${(lines.at(-1) ?? '').length + 1}`;
}

/** A recipe from outside. Fails with bad-input: where it is wrong and what is to be there, for an unknown key with the nearest right spelling. */
export function parseRecipe(value: unknown): Recipe {
  const parsed = recipe.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A misspelt key is told before the key that is missing for it.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const path = (issue?.path ?? []).map(String);
  if (issue?.code !== 'unrecognized_keys') {
    const named = [...path].reverse().find((key) => Object.hasOwn(wanted, key));
    const what = named === undefined ? undefined : wanted[named];
    throw new AppError(
      'bad-input',
      path.length === 0 ? 'it must be a JSON object.' : `"${path.join('.')}" ${what ?? `is wrong: ${issue?.message ?? ''}`}`,
    );
  }
  const [key = ''] = issue.keys;
  const suggestions = nearestNames(key, sections[path.at(-1) ?? ''] ?? []);
  const hint = suggestions[0] === undefined ? '' : ` Did you mean "${suggestions[0]}"?`;
  throw new AppError('bad-input', `there is no key "${[...path, key].join('.')}".${hint}`, { suggestions });
}
