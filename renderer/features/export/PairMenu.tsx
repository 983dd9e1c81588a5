import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconScale, IconThumbDown, IconThumbUp, IconX } from '@tabler/icons-react';
import { toAppError } from '#shared/errors.ts';
import type { PairSide } from '../../state/export-state.ts';
import { OfferItems } from '../../ui/OfferItems.tsx';
import { useOffers } from '../../ui/offers.tsx';
import { usePairs } from './use-pairs.ts';

interface PairMenuProps {
  /** The rollout that is read. */
  readonly row: number;
  readonly say: (text: string) => void;
}

const icons = { chosen: IconThumbUp, rejected: IconThumbDown } as const;
const sides = ['chosen', 'rejected'] as const;

/** Makes the rollout that is read one of a preference pair of the export: first one, then the other of its task. */
export function PairMenu({ row, say }: PairMenuProps) {
  const { half, take, forget } = usePairs();
  const run = (side: PairSide): void => {
    take(row, side).then(say, (error: unknown) => say(toAppError(error).message));
  };
  const isOther = half !== null && half.row !== row;
  const offers = [
    ...sides
      .filter((side) => !isOther || side !== half.side)
      .map((side) => ({
        id: `pair.${side}`,
        title: isOther ? `Pair it as the ${side} one` : `Take it as the ${side} one of a pair`,
        words: 'preference dpo',
        icon: icons[side],
        run: () => run(side),
      })),
    ...(half === null ? [] : [{ id: 'pair.forget', title: `Forget the ${half.side} one`, icon: IconX, run: forget }]),
  ];
  useOffers(() => offers);
  return (
    <Menu position="bottom-end" width={260}>
      <Tooltip label={half === null ? 'Preference pair' : `Preference pair: the ${half.side} one is named`}>
        <Menu.Target>
          <ActionIcon variant={half === null ? 'subtle' : 'light'} aria-label="Preference pair">
            <IconScale size={16} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <OfferItems offers={offers} />
      </Menu.Dropdown>
    </Menu>
  );
}
