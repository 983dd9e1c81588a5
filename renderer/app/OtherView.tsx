import { Button } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { useView } from '../state/use-view.tsx';
import css from './OtherView.module.css';

/** Says that the link belongs to another dataset, and what became of its view. */
export function OtherView() {
  const { otherView, forgetOtherView, dispatch } = useView();
  if (otherView === null) return null;
  return (
    <div className={css.bar} role="status">
      <IconUnlink size={16} aria-hidden />
      <span>This link was made on another file, or on this one before it changed. Its filter, order and rollout were left aside.</span>
      <Button
        variant="default"
        onClick={() => {
          dispatch({ type: 'restore', view: otherView });
          forgetOtherView();
        }}
      >
        Use them here
      </Button>
      <Button variant="subtle" onClick={forgetOtherView}>
        Dismiss
      </Button>
    </div>
  );
}
