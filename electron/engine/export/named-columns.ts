import { computedOperand } from '#shared/model/expression/index.ts';
import type { OptionValue, Recipe } from '#shared/model/recipe.ts';
import type { TargetOption } from '#shared/model/target.ts';
import type { PrepareRequest } from '../api.ts';
import { completeRecipe, settingsOf } from './sections.ts';
import { targetOf } from './targets.ts';

/** What a recipe asks of a dataset: its conditions, rules, and the columns that its options name, nested or computed ones too. */
export function namedIn(recipe: Recipe): PrepareRequest {
  const given = { ...recipe.options, ...recipe.sampling };
  const columns = targetOf(recipe.target).info.options.flatMap((option) => columnsOf(option, given[option.key] ?? option.default));
  return { filter: recipe.filter, columns, rules: recipe.rules?.exclude };
}

/** Whether rows have something of their task from the planned inputs beside the files. */
export function takesPlannedInputs({ target, options }: Recipe): boolean {
  const option = targetOf(target).info.options.find(({ key }) => key === 'planned-inputs');
  return option !== undefined && (options['planned-inputs'] ?? option.default) === true;
}

/**
 * Whether rollouts are told apart by what they were asked as the file has it, so by the hashes of the index: to find what the rollouts of a
 * task have in common. Pairs and duplicates go by what is written. Fails with bad-input where the recipe makes no sense.
 */
export function takesHashes(recipe: Recipe): boolean {
  const target = targetOf(recipe.target);
  return target.unit(settingsOf(target.info, completeRecipe(target.info, recipe))) === 'task';
}

/** Paths of fields are followed in each row as it is mapped; only what is computed is a column. */
function columnsOf({ kind }: TargetOption, value: OptionValue): string[] {
  if (kind === 'column') return typeof value === 'string' ? [value] : [];
  if (kind !== 'fields' || typeof value !== 'object') return [];
  return Object.values(value).filter((path) => computedOperand(path) !== undefined);
}
