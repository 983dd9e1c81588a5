import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import type { OptionValue, Recipe } from '#shared/model/recipe.ts';
import { needsTokenizer, type TargetInfo } from '#shared/model/target.ts';
import { resolveOptions } from './options.ts';
import { admissionRules } from './reasons.ts';
import { Settings } from './settings.ts';
import type { TokenCounter } from './token-counter.ts';

/**
 * The recipe with every option named, so that other defaults in a later version change nothing, and with the sections
 * `sampling` and `seed` among the options. Fails with bad-input where it makes no sense for the target.
 */
export function completeRecipe(info: TargetInfo, recipe: Recipe): Recipe {
  const { sampling = {}, seed, ...rest } = recipe;
  const samplingKeys = info.options.filter(({ step }) => step === 'sampling').map(({ key }) => key);
  for (const key of Object.keys(sampling))
    if (!samplingKeys.includes(key)) throw unknown(`sampling: there is no option ${key}.`, key, samplingKeys);
  const options = new Map(Object.entries(recipe.options));
  for (const [key, value] of [...Object.entries(sampling), ...(seed === undefined ? [] : [['seed', seed] as const])]) {
    const other = options.get(key);
    if (other !== undefined && other !== value)
      throw new AppError('bad-input', `${key} is in the recipe twice, as ${show(other)} and as ${show(value)}. Leave one out.`);
    options.set(key, value);
  }
  if (recipe.pairs !== undefined && recipe.pairs.length > 0 && !info.options.some(({ key }) => key === 'pairs'))
    throw new AppError('bad-input', `${info.target} writes single rollouts: leave the pairs out of the recipe.`);
  const { tokenizer, template, ...others } = rest;
  const { values } = resolveOptions(info, Object.fromEntries(options));
  if (!needsTokenizer(info.options, ({ key }) => values[key])) return { ...others, options: { ...values } };
  if (!tokenizer)
    throw new AppError(
      'bad-input',
      'length-by=tokenizer counts with a tokenizer.json: name it by --tokenizer, or choose it beside the option.',
    );
  return { ...others, options: { ...values }, tokenizer, ...(template && { template }) };
}

/** Admission rules that the recipe switches off. Fails with bad-input on another rule. */
export function switchedOff(recipe: Recipe): ReadonlySet<string> {
  const off = recipe.rules?.off ?? [];
  for (const id of off) if (!admissionRules.includes(id)) throw unknown(`rules.off: ${id} cannot be switched off.`, id, admissionRules);
  return new Set(off);
}

/** The settings of a complete recipe. */
export function settingsOf(info: TargetInfo, recipe: Recipe, counter?: TokenCounter): Settings {
  const off = switchedOff(recipe);
  return new Settings(resolveOptions(info, recipe.options).values, off, counter);
}

function show(value: OptionValue): string {
  return JSON.stringify(value);
}

function unknown(message: string, name: string, names: readonly string[]): AppError {
  const suggestions = nearestNames(name, names);
  return new AppError(
    'bad-input',
    `${message} ${suggestions[0] === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${suggestions.join(' or ')}?`}`,
    { suggestions },
  );
}
