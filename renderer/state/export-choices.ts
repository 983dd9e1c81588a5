import { z } from 'zod';
import { optionValue, recipe, targetId, type OptionValue, type Recipe } from '#shared/model/recipe.ts';
import { gridColumn, type GridColumn } from '#shared/model/target.ts';

export const exportSteps = ['rows', 'target', 'mapping', 'sampling', 'preview', 'run'] as const;
export type ExportStep = (typeof exportSteps)[number];
const exportRows = z.enum(['filter', 'starred', 'all']);
export type ExportRows = z.infer<typeof exportRows>;

/** So many pairs the address holds. */
export const mostPairs = 20;

/** What decides an export and how far its making is, as the address has it: another window on the same data shows the same. */
export const exportChoices = z.object({
  step: z.enum(exportSteps).default('rows'),
  /** The current filter, the starred rollouts, or every rollout of the file. */
  rows: exportRows.default('filter'),
  /** Null: the first target there is. */
  target: targetId.nullable().default(null),
  /** The column of the grid it was chosen in: a target may stand in several with the same options. */
  column: gridColumn.nullable().default(null),
  /** What the user chose, by option key. Kept when the target changes: what does not apply there is left out of the recipe. */
  options: z.record(z.string(), optionValue).default({}),
  /** Rules that leave rollouts out, and rules that are off, as a recipe says: no step has a control for them. */
  rules: recipe.shape.rules.unwrap().nullable().default(null),
  /** Chosen by hand, where they are few: of more the address would have no end. */
  pairs: recipe.shape.pairs.unwrap().max(mostPairs).nullable().default(null),
  /** The files that a recipe names: the user has to choose the same ones. */
  named: recipe.pick({ template: true, tokenizer: true }).default({}),
  example: z.int().min(0).default(0),
  /** How the preview shows it. */
  shown: z.enum(['trained', 'written']).default('trained'),
});
export type ExportChoices = z.infer<typeof exportChoices>;
export const initialChoices: ExportChoices = exportChoices.parse({});

export type ChoiceAction =
  | { type: 'step'; step: ExportStep }
  | { type: 'step.by'; by: 1 | -1 }
  | { type: 'rows'; rows: ExportRows }
  /** `options`: those that make it what was chosen, where it can be several things. */
  | { type: 'target'; target: string; column?: GridColumn; options?: Readonly<Record<string, OptionValue>> }
  /** Undefined: back to the target's default. */
  | { type: 'option'; key: string; value: OptionValue | undefined }
  /** Every choice is that of a recipe with every option named; its filter is the view's to take. */
  | { type: 'recipe'; name: string; recipe: Recipe }
  | { type: 'carried'; carried: Pick<Recipe, 'pairs' | 'rules'> }
  | { type: 'example'; example: number }
  | { type: 'shown'; shown: ExportChoices['shown'] };

const choices: Readonly<Record<ChoiceAction['type'], true>> = {
  step: true,
  'step.by': true,
  rows: true,
  target: true,
  option: true,
  recipe: true,
  carried: true,
  example: true,
  shown: true,
};

/** Whether an action is about what the address has. */
export function isChoice(action: { readonly type: string }): action is ChoiceAction {
  return Object.hasOwn(choices, action.type);
}

/** Those that the address holds. */
function fewPairs(pairs: Recipe['pairs'] = []): ExportChoices['pairs'] {
  return pairs.length === 0 || pairs.length > mostPairs ? null : pairs;
}

export function reduceChoices(choices: ExportChoices, action: ChoiceAction): ExportChoices {
  switch (action.type) {
    case 'step':
      return { ...choices, step: action.step };
    case 'step.by':
      return { ...choices, step: exportSteps[exportSteps.indexOf(choices.step) + action.by] ?? choices.step };
    case 'rows':
      return { ...choices, rows: action.rows, example: 0 };
    case 'target':
      return {
        ...choices,
        target: action.target,
        column: action.column ?? null,
        options: { ...choices.options, ...action.options },
        example: 0,
      };
    case 'option': {
      const { [action.key]: _, ...others } = choices.options;
      return { ...choices, options: action.value === undefined ? others : { ...others, [action.key]: action.value } };
    }
    case 'recipe': {
      const { target, options, pairs, rules, tokenizer, template } = action.recipe;
      const named = { ...(tokenizer && { tokenizer }), ...(template && { template }) };
      return {
        ...choices,
        rows: 'filter',
        target,
        column: null,
        options: { ...options },
        pairs: fewPairs(pairs),
        rules: rules ?? null,
        named,
        example: 0,
      };
    }
    case 'carried':
      return { ...choices, pairs: fewPairs(action.carried.pairs), rules: action.carried.rules ?? null, example: 0 };
    case 'example':
      return { ...choices, example: Math.max(0, action.example) };
    case 'shown':
      return { ...choices, shown: action.shown };
  }
}
