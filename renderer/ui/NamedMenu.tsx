import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconCheck, IconChevronDown, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useOffers } from './offers.tsx';
import css from './NamedMenu.module.css';

export interface Named {
  readonly name: string;
}

interface NamedMenuProps<Item extends Named> {
  /** What is named, in one word and in several: "view", "Views". */
  readonly noun: string;
  readonly title: string;
  /** What a name keeps, while there is none. */
  readonly about: string;
  readonly items: readonly Item[];
  /** The one that is shown as it was saved. */
  readonly current: Item | null;
  readonly describe: (item: Item) => string;
  readonly className?: string | undefined;
  /** Whether the palette takes and names them by this menu; some are commands wherever one is. */
  readonly isOffered?: boolean;
  readonly onRecall: (item: Item) => void;
  /** Takes the place of one of the same name. */
  readonly onSave: (name: string) => void;
  readonly onRemove: (item: Item) => void;
  readonly onRestore: (item: Item) => void;
}

/** What was given a name, to come back to, to remove and to bring back; and a name for what is shown. */
export function NamedMenu<Item extends Named>({
  noun,
  title,
  about,
  items,
  current,
  describe,
  className = '',
  isOffered = false,
  onRecall,
  onSave,
  onRemove,
  onRestore,
}: NamedMenuProps<Item>) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [removed, setRemoved] = useState<Item | null>(null);
  const isTaken = items.some((each) => each.name === name.trim());
  const remove = (item: Item): void => {
    onRemove(item);
    setRemoved(item);
  };

  useOffers(() => [
    ...(isOffered ? [{ id: `${noun}.name`, title: `Name this ${noun}…`, icon: IconBookmark, run: () => setOpened(true) }] : []),
    ...items.flatMap((item) => [
      ...(isOffered && item !== current
        ? [{ id: `${noun}.${item.name}`, title: `Use the ${noun} ${item.name}`, icon: IconBookmark, run: () => onRecall(item) }]
        : []),
      {
        id: `${noun}.remove.${item.name}`,
        title: `Remove the ${noun} ${item.name}`,
        icon: IconTrash,
        run: () => {
          remove(item);
          setOpened(true);
        },
      },
    ]),
  ]);

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
        <button type="button" className={`${css.button} ${className}`} onClick={() => setOpened(!opened)}>
          <IconBookmark size={16} aria-hidden />
          <span className={css.current}>{current?.name ?? title}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        {items.length === 0 && <p className={css.quiet}>{about}</p>}
        <ul className={css.list} aria-label={`Saved ${title.toLowerCase()}`}>
          {items.map((item) => (
            <li key={item.name}>
              <button
                type="button"
                aria-current={item === current || undefined}
                onClick={() => {
                  onRecall(item);
                  setOpened(false);
                }}
              >
                {item === current ? <IconCheck size={14} aria-hidden /> : <IconBookmark size={14} aria-hidden />}
                <span className={css.name}>{item.name}</span>
                <span className={css.quiet}>{describe(item)}</span>
              </button>
              <ActionIcon aria-label={`Remove the ${noun} ${item.name}`} onClick={() => remove(item)}>
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
                onRestore(removed);
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
            onSave(name);
            setName('');
            setOpened(false);
          }}
        >
          <TextInput
            aria-label={`Name of this ${noun}`}
            placeholder={`Name this ${noun}`}
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
}
