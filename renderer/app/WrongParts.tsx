import { Button } from '@mantine/core';
import { IconUnlink, IconX } from '@tabler/icons-react';
import { useSteadyView } from '../state/use-view.tsx';
import { useOffers } from '../ui/offers.tsx';
import css from './OtherView.module.css';

/** Says which parts of the address cannot be, as they are called there: they were left out, and the rest is shown. */
export function WrongParts() {
  const { wrongParts, forgetWrongParts } = useSteadyView();
  useOffers(() =>
    wrongParts.length === 0
      ? []
      : [{ id: 'wrongParts.forget', title: 'Put away what the address has wrong', icon: IconX, run: forgetWrongParts }],
  );
  if (wrongParts.length === 0) return null;
  const several = wrongParts.length > 1;
  return (
    <div className={css.bar} role="status">
      <IconUnlink size={16} aria-hidden />
      <span>
        {`The address has ${several ? 'values' : 'a value'} for ${wrongParts.join(', ')} that cannot be: ${several ? 'they were' : 'it was'} left out, and the rest of it is shown.`}
      </span>
      <Button variant="subtle" onClick={forgetWrongParts}>
        Dismiss
      </Button>
    </div>
  );
}
