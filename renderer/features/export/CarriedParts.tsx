import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { carriedParts } from './recipe-words.ts';
import type { ExportModel } from './use-export-model.ts';
import { capital } from '../../state/words.ts';
import css from './Recipe.module.css';

/** The rules of a recipe, which no step has a control for: they are part of the export until they are taken out. */
export function CarriedParts({ model: { state, target, dispatch } }: { model: ExportModel }) {
  const parts = target === undefined ? [] : carriedParts(state.carried, target).filter(({ id }) => id !== 'pairs');
  if (parts.length === 0) return null;
  return (
    <section className={css.carried} aria-label="From the recipe">
      <h3>From the recipe</h3>
      <ul>
        {parts.map(({ id, words, names, without }) => (
          <li key={id}>
            <span>
              {capital(words)}
              {names.length > 0 && ': '}
              {names.map((name, index) => [index > 0 && ', ', <code key={name}>{name}</code>])}
            </span>
            <ActionIcon
              aria-label={`Take this out of the recipe: ${words}`}
              onClick={() => dispatch({ type: 'carried', carried: without })}
            >
              <IconX size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}
