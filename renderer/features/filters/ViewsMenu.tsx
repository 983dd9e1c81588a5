import { memo } from 'react';
import { useSavedViews } from '../../data/use-saved-views.ts';
import type { SavedView } from '../../data/use-settings.tsx';
import { fromHash } from '../../state/hash.ts';
import { plural } from '../../ui/format.ts';
import { NamedMenu } from '../../ui/NamedMenu.tsx';
import css from './ViewsMenu.module.css';

/** Views with a name: filter, order, columns and metric, to come back to; and a name for the one that is shown. */
export const ViewsMenu = memo(function ViewsMenu() {
  const { views, current, save, remove, restore, recall } = useSavedViews();
  return (
    <NamedMenu
      noun="view"
      title="Views"
      about="A view keeps filter, order, columns and metric for files with these columns."
      className={css.button}
      items={views}
      current={current}
      describe={describe}
      onRecall={recall}
      onSave={save}
      onRemove={remove}
      onRestore={restore}
    />
  );
});

function describe({ hash }: SavedView): string {
  const { filter, sort } = fromHash(hash);
  return [
    filter.length === 0 ? 'all rollouts' : plural(filter.length, 'condition'),
    ...(sort.length === 0 ? [] : [`by ${sort.map(({ column }) => column).join(', ')}`]),
  ].join(' · ');
}
