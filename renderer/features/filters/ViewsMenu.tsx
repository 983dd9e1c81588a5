import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconCheck, IconChevronDown, IconTrash } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useSavedViews } from '../../data/use-saved-views.ts';
import type { SavedView } from '../../data/use-settings.tsx';
import { fromHash } from '../../state/hash.ts';
import { plural } from '../../ui/format.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './ViewsMenu.module.css';

/** Views with a name: filter, order, columns and metric, to come back to; and a name for the one that is shown. */
export const ViewsMenu = memo(function ViewsMenu() {
  const { views, current, save, remove, restore, recall } = useSavedViews();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [removed, setRemoved] = useState<SavedView | null>(null);
  const isTaken = views.some((each) => each.name === name.trim());

  useOffers(() =>
    views.map((saved) => ({
      id: `view.remove.${saved.name}`,
      title: `Remove the view ${saved.name}`,
      icon: IconTrash,
      run: () => {
        remove(saved);
        setRemoved(saved);
        setOpened(true);
      },
    })),
  );

  return (
    <Popover
      opened={opened}
      onChange={(next) => {
        setOpened(next);
        setRemoved(null);
      }}
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className={css.button} onClick={() => setOpened(!opened)}>
          <IconBookmark size={16} aria-hidden />
          <span className={css.current}>{current?.name ?? 'Views'}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        {views.length === 0 && <p className={css.quiet}>A view keeps filter, order, columns and metric for files with these columns.</p>}
        <ul className={css.list} aria-label="Saved views">
          {views.map((saved) => (
            <li key={saved.name}>
              <button
                type="button"
                aria-current={saved === current || undefined}
                onClick={() => {
                  recall(saved);
                  setOpened(false);
                }}
              >
                {saved === current ? <IconCheck size={14} aria-hidden /> : <IconBookmark size={14} aria-hidden />}
                <span className={css.name}>{saved.name}</span>
                <span className={css.quiet}>{describe(saved)}</span>
              </button>
              <ActionIcon
                aria-label={`Remove the view ${saved.name}`}
                onClick={() => {
                  remove(saved);
                  setRemoved(saved);
                }}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        {removed !== null && (
          <p className={css.quiet} role="status">
            “{removed.name}” was removed.{' '}
            <button
              type="button"
              className={css.link}
              onClick={() => {
                restore(removed);
                setRemoved(null);
              }}
            >
              Undo
            </button>
          </p>
        )}
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === '') return;
            save(name);
            setName('');
            setOpened(false);
          }}
        >
          <TextInput
            aria-label="Name of this view"
            placeholder="Name this view"
            maxLength={80}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" disabled={name.trim() === ''}>
            {isTaken ? 'Replace' : 'Save'}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
});

function describe({ hash }: SavedView): string {
  const { filter, sort } = fromHash(hash);
  return [
    filter.length === 0 ? 'all rollouts' : plural(filter.length, 'condition'),
    ...(sort.length === 0 ? [] : [`by ${sort.map(({ column }) => column).join(', ')}`]),
  ].join(' · ');
}
