import { Button } from '@mantine/core';
import { IconUnlink, IconX } from '@tabler/icons-react';
import { useSteadyView } from '../state/use-view.tsx';
import { useOffers } from '../ui/offers.tsx';
import css from './OtherView.module.css';

/** Says that the link belongs to another dataset, and what became of its view. */
export function OtherView() {
  const { otherView, forgetOtherView, dispatch } = useSteadyView();
  const use = (): void => {
    if (otherView !== null) dispatch({ type: 'restore', view: otherView });
    forgetOtherView();
  };
  useOffers(() =>
    otherView === null
      ? []
      : [
          { id: 'otherView.use', title: 'Use the view of the link here', icon: IconUnlink, run: use },
          { id: 'otherView.forget', title: 'Leave the view of the link aside', icon: IconX, run: forgetOtherView },
        ],
  );
  if (otherView === null) return null;
  return (
    <div className={css.bar} role="status">
      <IconUnlink size={16} aria-hidden />
      <span>This link was made on another file, or on this one before it changed. Its filter, order and rollout were left aside.</span>
      <Button variant="default" onClick={use}>
        Use them here
      </Button>
      <Button variant="subtle" onClick={forgetOtherView}>
        Dismiss
      </Button>
    </div>
  );
}
