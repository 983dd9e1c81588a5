import { memo, useState } from 'react';
import { gutter, type PlacedColumn } from './column-sizes.ts';
import { HeadCell } from './HeadCell.tsx';
import { HeadMenu } from './HeadMenu.tsx';
import { HeadNumbers } from './HeadNumbers.tsx';
import type { GridPlace } from './use-grid-place.ts';
import type { Columns } from './use-columns.ts';
import type { MarkedRows } from './use-marked.ts';
import { MarkAll } from './MarkBox.tsx';
import { useLift } from './use-lift.ts';
import { useOffers } from '../../ui/offers.tsx';
import type { Command } from '../../ui/command.ts';
import { layoutOffers } from './column-offers.ts';
import type { TableColumn } from './columns.ts';
import { chartOf } from './use-head-chart.ts';
import { IconTable } from '@tabler/icons-react';
import css from './Head.module.css';

interface TableHeadProps {
  readonly columns: Columns;
  readonly inView: readonly PlacedColumn[];
  /** Whether columns do not pass by just now. */
  readonly still: boolean;
  readonly compact: boolean;
  readonly place: GridPlace;
  readonly marked: MarkedRows;
  readonly total: number;
  /** Shows the menu of a column; the keys lead here too. */
  readonly menuOf: string | null;
  readonly onMenu: (name: string | null) => void;
}

/** The heads of the columns in view. Drawn anew when they change, not when rows scroll by. */
export const TableHead = memo(function TableHead({
  columns,
  inView,
  still,
  compact,
  place,
  marked,
  total,
  menuOf,
  onMenu,
}: TableHeadProps) {
  const { actions } = columns;
  const { lift, start } = useLift(columns.placed, actions.move);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [numbersOf, setNumbersOf] = useState<string | null>(null);
  const opened = columns.placed.find(({ column }) => column.name === menuOf);
  const numbered = columns.placed.find(({ column }) => column.name === numbersOf);
  const isDrawn = ({ at }: PlacedColumn): boolean => inView.some((placed) => placed.at === at);
  // What was clicked is no place for what the keys ask for next.
  const close = (): void => {
    setAnchor(null);
    onMenu(null);
  };

  useOffers(() =>
    compact
      ? []
      : [
          ...columns.all.flatMap((column) => layoutOffers(column, actions)),
          ...columns.placed.filter(({ column }) => chartOf(column) !== null).map(({ column }) => numbersOffer(column, setNumbersOf)),
        ],
  );

  return (
    <div role="row" aria-rowindex={1} className={css.row}>
      {!compact && (
        <span role="gridcell" className={css.gutter} style={{ width: gutter }}>
          <MarkAll marked={marked} total={total} />
        </span>
      )}
      {inView.map((placed) => {
        const { name } = placed.column;
        return (
          <HeadCell
            key={name}
            placed={placed}
            still={still}
            compact={compact}
            active={place.inHead && place.column?.column.name === name}
            lifted={lift?.name === name}
            onLift={(event) => start(name, event)}
            onResize={(width, done) => actions.resize(name, width, done)}
            onMenu={(element) => {
              setAnchor(element);
              onMenu(name);
            }}
          />
        );
      })}
      {lift !== null && <span className={css.drop} style={{ left: lift.edge }} aria-hidden />}
      {opened !== undefined && (
        <HeadMenu
          columns={columns}
          placed={opened}
          anchor={anchor}
          drawn={isDrawn(opened)}
          onClose={close}
          onNumbers={() => setNumbersOf(opened.column.name)}
        />
      )}
      {numbered !== undefined && (
        <HeadNumbers
          placed={numbered}
          anchor={anchor}
          drawn={isDrawn(numbered)}
          onClose={() => {
            setNumbersOf(null);
            close();
          }}
        />
      )}
    </div>
  );
});

function numbersOffer({ name }: TableColumn, show: (name: string) => void): Command {
  return { id: `column.numbers.${name}`, column: name, title: `Chart of ${name} in numbers`, icon: IconTable, run: () => show(name) };
}
