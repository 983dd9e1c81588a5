import { Menu } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { keepEscape } from '../../ui/keep-escape.ts';
import { OfferItems } from '../../ui/OfferItems.tsx';
import { HeadAnchor, useHeadAnchor } from './HeadAnchor.tsx';
import { layoutOffers, viewOffers } from './column-offers.ts';
import type { PlacedColumn } from './column-sizes.ts';
import { chartOf } from './use-head-chart.ts';
import type { Columns } from './use-columns.ts';

interface HeadMenuProps {
  readonly columns: Columns;
  readonly placed: PlacedColumn;
  /** What was clicked; null: the keys asked, and it opens at the head. */
  readonly anchor: HTMLElement | null;
  /** Whether the head is drawn. */
  readonly drawn: boolean;
  readonly onClose: () => void;
  /** Shows in numbers what the head draws. */
  readonly onNumbers: () => void;
}

/** All that can be done with a column, for hands and keys alike. */
export function HeadMenu({ columns, placed, anchor, drawn, onClose, onNumbers }: HeadMenuProps) {
  const { view, dispatch } = useSteadyView();
  const { columns: infos } = useDataset();
  const { column } = placed;
  const { name } = column;
  const info = infos.find((each) => each.name === name);
  const at = useHeadAnchor(anchor, placed.at, drawn);
  if (at === null) return null;

  return (
    <Menu opened onChange={(opened) => !opened && onClose()} position="bottom-start" width={230} returnFocus={false}>
      <Menu.Target>
        <HeadAnchor at={at} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Menu of ${name}`} aria-labelledby={undefined} onKeyDown={keepEscape}>
        {info !== undefined && <OfferItems offers={viewOffers(info, view, dispatch)} />}
        {chartOf(column) !== null && (
          <Menu.Item leftSection={<IconTable size={14} />} onClick={onNumbers}>
            Chart in numbers
          </Menu.Item>
        )}
        <Menu.Divider />
        <OfferItems offers={layoutOffers(column, columns.actions)} />
      </Menu.Dropdown>
    </Menu>
  );
}
