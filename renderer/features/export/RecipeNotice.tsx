import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconHistory, IconX } from '@tabler/icons-react';
import { RecipeButton } from './RecipeButton.tsx';
import type { ExportModel } from './use-export-model.ts';
import type { RecipeFile } from './use-recipe-file.ts';
import { recipeWords } from './recipe-words.ts';
import css from './Recipe.module.css';

/** What a recipe has set, or why it was not taken, with another try; until it is put away. */
export function RecipeNotice({ model, file }: { model: ExportModel; file: RecipeFile }) {
  const { state, target, filter, dispatch } = model;
  if (file.refused !== null) {
    return (
      <div className={css.notice} data-refused>
        <IconAlertTriangle size={16} aria-hidden />
        <p role="alert">{file.refused}</p>
        <RecipeButton label="Another recipe" onFile={file.take} />
        <ActionIcon aria-label="Put away" onClick={file.forget}>
          <IconX size={14} />
        </ActionIcon>
      </div>
    );
  }
  if (state.readFrom === null || target === undefined) return null;
  return (
    <div className={css.notice}>
      <IconHistory size={16} aria-hidden />
      <p role="status">{recipeWords(state, filter, target)}</p>
      <ActionIcon aria-label="Put away" onClick={() => dispatch({ type: 'recipe.noted' })}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
