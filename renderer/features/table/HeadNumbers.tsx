import { ActionIcon, Popover } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { CountTable, type CountRow } from '../../ui/CountTable.tsx';
import { formatCount } from '../../ui/format.ts';
import { HistogramTable } from '../../ui/HistogramTable.tsx';
import { keepEscape } from '../../ui/keep-escape.ts';
import { cellText } from './CellText.tsx';
import type { PlacedColumn } from './column-sizes.ts';
import type { TableColumn } from './columns.ts';
import { HeadAnchor, useHeadAnchor } from './HeadAnchor.tsx';
import { chartOf, useHeadFacet, useHeadHistogram } from './use-head-chart.ts';
import css from './HeadNumbers.module.css';

/** Values in the table; a head draws fewer. */
const listed = 60;

interface HeadNumbersProps {
  readonly placed: PlacedColumn;
  readonly anchor: HTMLElement | null;
  /** Whether the head is drawn. */
  readonly drawn: boolean;
  readonly onClose: () => void;
}

/** What the chart of a head shows, as a table: for those who do not see it, and for exact counts. */
export function HeadNumbers({ placed, anchor, drawn, onClose }: HeadNumbersProps) {
  const { column } = placed;
  const at = useHeadAnchor(anchor, placed.at, drawn);
  if (at === null) return null;
  return (
    <Popover opened onChange={(opened) => !opened && onClose()} position="bottom-start" width={260} trapFocus>
      <Popover.Target>
        <HeadAnchor at={at} />
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={`${column.name} in numbers`} aria-labelledby={undefined} onKeyDown={keepEscape}>
        <div className={css.numbers}>
          {/* It has the focus, so that the keys scroll what it stands in. */}
          <ActionIcon className={css.close ?? ''} aria-label="Close" onClick={onClose} data-autofocus>
            <IconX size={14} />
          </ActionIcon>
          {chartOf(column) === 'histogram' ? <Bins name={column.name} /> : <Values column={column} />}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Bins({ name }: { name: string }) {
  const histogram = useHeadHistogram(name);
  return histogram === undefined ? null : <HistogramTable name={name} histogram={histogram} shown />;
}

function Values({ column }: { column: TableColumn }) {
  const { name } = column;
  const facet = useHeadFacet(name, listed);
  if (facet === undefined) return null;
  const { values, distinct, nulls, missing } = facet;
  const others = distinct - values.length;
  const rows: CountRow[] = [
    ...values.map(({ value, count }) => ({ label: value === '' ? '""' : cellText(value, column.form), count })),
    ...(others > 0 ? [{ label: `${formatCount(others)} other values`, count: null }] : []),
    { label: 'null', count: nulls },
    { label: 'missing', count: missing },
  ];
  return <CountTable name={name} rows={rows} shown />;
}
