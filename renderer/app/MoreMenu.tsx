import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconBookmark, IconCheck, IconDotsVertical } from '@tabler/icons-react';
import { useSavedViews } from '../data/use-saved-views.ts';
import { useSteadyView } from '../state/use-view.tsx';
import { KeyCaps } from '../ui/Key.tsx';
import { ThemeItems } from './ThemeSwitch.tsx';
import css from './TopBar.module.css';

/** What a narrow window has no room for in its bars. */
export function MoreMenu({ onSaveView }: { onSaveView: () => void }) {
  const { dispatch, canUndo, canRedo } = useSteadyView();
  const { views, current, recall } = useSavedViews();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon className={css.more ?? ''} aria-label="More">
          <IconDotsVertical size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowBackUp size={14} />}
          rightSection={<KeyCaps id="undo" />}
          disabled={!canUndo}
          data-autofocus={canUndo || undefined}
          onClick={() => dispatch({ type: 'filter.undo' })}
        >
          Undo the filter
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowForwardUp size={14} />}
          rightSection={<KeyCaps id="redo" />}
          disabled={!canRedo}
          data-autofocus={canRedo || undefined}
          onClick={() => dispatch({ type: 'filter.redo' })}
        >
          Redo the filter
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Views</Menu.Label>
        {views.map((saved) => (
          <Menu.Item
            key={saved.name}
            leftSection={<IconBookmark size={14} />}
            rightSection={saved === current ? <IconCheck size={14} /> : undefined}
            onClick={() => recall(saved)}
          >
            {saved.name}
          </Menu.Item>
        ))}
        <Menu.Item data-autofocus leftSection={<IconBookmark size={14} />} onClick={onSaveView}>
          Save this view…
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        <ThemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}
