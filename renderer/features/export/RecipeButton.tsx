import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useRef } from 'react';
import { useOffers } from '../../ui/offers.tsx';
import css from './Recipe.module.css';

interface RecipeButtonProps {
  readonly label: string;
  readonly quiet?: boolean;
  readonly onFile: (file: File) => void;
}

/** Chooses a recipe of the user's own machine: its text is read, the app opens nothing by it. */
export function RecipeButton({ label, quiet = false, onFile }: RecipeButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (): void => input.current?.click();
  useOffers(() => [
    { id: 'export.recipe', title: 'Export from a recipe…', words: 'file json earlier choices', icon: IconHistory, run: choose },
  ]);
  return (
    <>
      <Button
        size="xs"
        variant={quiet ? 'subtle' : 'default'}
        className={quiet ? css.button : undefined}
        leftSection={<IconHistory size={14} />}
        title="Every choice as in the recipe.json of an earlier export"
        onClick={choose}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json"
        hidden
        aria-label="Recipe file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
