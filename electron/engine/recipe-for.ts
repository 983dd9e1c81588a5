import { toAppError, AppError } from '#shared/errors.ts';
import { parseExpression } from '#shared/model/expression/index.ts';
import type { Filter } from '#shared/model/query.ts';
import { readRecipe, type Recipe } from '#shared/model/recipe.ts';
import { completeRecipe, switchedOff, targetOf } from './export/index.ts';
import { requireRule } from './validate/index.ts';

interface Means {
  /** Makes ready what conditions name. */
  prepare(filter: Filter): Promise<void>;
  /** Fails with bad-input, `at` the character, where a condition is wrong. */
  check(condition: string): void;
}

/**
 * The recipe that a text is, with every option of its target named, held against a dataset. Fails with bad-input: in which part it is
 * wrong, at which character of a condition, and what is to be there.
 */
export async function recipeFor(text: string, { prepare, check }: Means): Promise<Recipe> {
  const asked = readRecipe(text);
  const recipe = completeRecipe(targetOf(asked.target).info, asked);
  switchedOff(recipe);
  for (const [i, rule] of (recipe.rules?.exclude ?? []).entries()) at(`rules.exclude.${i}`, () => requireRule(rule));
  const conditions = [...recipe.filter.entries()];
  for (const [i, condition] of conditions) at(`filter.${i}`, () => parseExpression(condition), condition);
  await prepare(recipe.filter);
  for (const [i, condition] of conditions) at(`filter.${i}`, () => check(condition), condition);
  return recipe;
}

/** Says the place before what is wrong there. */
function at(place: string, look: () => unknown, text?: string): void {
  try {
    look();
  } catch (error) {
    const { message, details, code } = toAppError(error);
    const character = details.at === undefined || text === undefined ? '' : `, character ${details.at + 1} of ${text}`;
    throw new AppError(code, `"${place}"${character}: ${message}`, { ...details, cause: error });
  }
}
