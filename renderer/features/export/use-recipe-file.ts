import { useCallback, useState } from 'react';
import { AppError, toAppError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { useExportCalls } from '../../data/use-export.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatBytes } from '../../ui/format.ts';
import type { ExportModel } from './use-export-model.ts';

export interface RecipeFile {
  /** Makes every choice that of the recipe in a file, its conditions those of the filter bar. */
  readonly take: (file: File) => void;
  /** Why the last file was not taken: nothing has changed then. */
  readonly refused: string | null;
  readonly forget: () => void;
}

export function useRecipeFile({ dispatch }: Pick<ExportModel, 'dispatch'>): RecipeFile {
  const { dispatch: show } = useSteadyView();
  const { readRecipe } = useExportCalls();
  const [refused, setRefused] = useState<string | null>(null);

  const take = useCallback(
    async (file: File): Promise<void> => {
      try {
        if (file.size > limits.recipeChars) throw new AppError('bad-input', `it has ${formatBytes(file.size)}, more than any recipe.`);
        const recipe = await readRecipe(await file.text());
        setRefused(null);
        show({ type: 'filter.set', filter: recipe.filter });
        show({ type: 'exportOnly', conditions: [] });
        dispatch({ type: 'recipe', name: file.name, recipe });
      } catch (error) {
        dispatch({ type: 'recipe.noted' });
        setRefused(`${file.name} was not taken as a recipe, and nothing has changed: ${toAppError(error).message}`);
      }
    },
    [dispatch, readRecipe, show],
  );
  return { take: (file) => void take(file), refused, forget: () => setRefused(null) };
}
