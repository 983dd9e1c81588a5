import { z } from 'zod';
import { limits } from '../limits.ts';
import { exportExample, exportPlan, exportProgress, manifest } from '../model/export.ts';
import { recipe } from '../model/recipe.ts';
import { targetInfo } from '../model/target.ts';
import { chatFile, tokenTotals, trainedExample } from '../model/training.ts';
import { dataset } from './dataset.ts';
import type { Contract } from './method.ts';

/** Grants of files that `chat.read` has read: recipes name them by their sha256. */
const chatGrants = { template: z.string().optional(), tokenizer: z.string().optional() };

/** What the engine can do about exports. */
export const exportMethods = {
  'export.targets': { input: z.object({}), output: z.object({ targets: z.array(targetInfo) }) },
  /**
   * The recipe that a text is, with every option of its target named. Fails with bad-input where it is none, or none for this dataset:
   * where it is wrong, and what is to be there.
   */
  'export.readRecipe': { input: z.object({ dataset, text: z.string().max(limits.recipeChars) }), output: z.object({ recipe }) },
  /** How many examples each recipe makes at most, in the order asked: told from the index, no row is mapped. Null where one makes no sense here. */
  'export.most': {
    input: z.object({ dataset, recipes: z.array(recipe).max(limits.recipes) }),
    output: z.object({ most: z.array(z.union([z.int(), z.null()])) }),
  },
  /** Maps every selected row and counts; writes nothing. */
  'export.plan': { input: z.object({ dataset, recipe, ...chatGrants }), progress: exportProgress, output: exportPlan },
  /** Example number `index` of the export, clamped; null if there is none. What has not been planned is planned first. */
  'export.preview': {
    input: z.object({ dataset, recipe, index: z.int().min(0), ...chatGrants }),
    progress: exportProgress,
    output: z.union([exportExample, z.null()]),
  },
  /**
   * The same example as its trainer reads it: rendered by the chat template (without one, by our own), cut into tokens by the tokenizer
   * (without one, estimated), with what bears the loss. Fails with bad-input, and the line, where the template refuses it.
   */
  'export.trained': {
    input: z.object({
      dataset,
      recipe,
      index: z.int().min(0),
      ...chatGrants,
    }),
    progress: exportProgress,
    output: z.union([trainedExample, z.null()]),
  },
  /**
   * How many tokens all examples have, and how many of them bear the loss: of a few hundred that are spread over all, where there are
   * more. Null where there is no example, where no trainer is known, and where the template refuses all that were looked at.
   */
  'export.tokens': {
    input: z.object({ dataset, recipe, ...chatGrants }),
    progress: exportProgress,
    output: z.union([tokenTotals, z.null()]),
  },
  /** What a granted file is as a chat template (chat_template.jinja, tokenizer_config.json) or a tokenizer (tokenizer.json). */
  'chat.read': { input: z.object({ grant: z.string(), kind: z.enum(['template', 'tokenizer']) }), output: chatFile },
  /** Writes into the folder `name` below a granted folder. A folder that is not empty is refused unless `overwrite`. */
  'export.run': {
    input: z.object({ dataset, recipe, folder: z.string(), name: z.string().min(1).max(200), overwrite: z.boolean(), ...chatGrants }),
    progress: exportProgress,
    output: manifest,
  },
} as const satisfies Contract;
