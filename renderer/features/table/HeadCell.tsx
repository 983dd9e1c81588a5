import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconDotsVertical, IconStar } from '@tabler/icons-react';
import { useState, type PointerEvent } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { isRight } from './column-forms.ts';
import type { PlacedColumn } from './column-sizes.ts';
import type { TableColumn } from './columns.ts';
import { HeadSummary } from './HeadSummary.tsx';
import css from './Head.module.css';

interface HeadCellProps {
  readonly placed: PlacedColumn;
  /** Columns that only pass by are not summed up. */
  readonly still: boolean;
  readonly compact: boolean;
  readonly active: boolean;
  /** It is being dragged to another place. */
  readonly lifted: boolean;
  /** Begins to drag the column; the click that ends a drag sorts nothing. */
  readonly onLift: (event: PointerEvent<HTMLElement>) => void;
  readonly onResize: (width: number | null, done: boolean) => void;
  readonly onMenu: (anchor: HTMLElement) => void;
}

/** A column's head: its name sorts and drags, its summary shows what is in it and filters, its edge resizes. */
export function HeadCell({ placed, still, compact, active, lifted, onLift, onResize, onMenu }: HeadCellProps) {
  const { view, dispatch } = useSteadyView();
  const { state } = useDataset();
  const [isSummedUp, setSummedUp] = useState(still);
  if (still && !isSummedUp) setSummedUp(true);
  const { column, left, width, pin } = placed;
  const at = view.sort.findIndex((key) => key.column === column.name);
  const key = view.sort[at];
  const fileOrder = column.name === 'line' && view.sort.length === 0 && state.files.length === 1;
  const direction = key === undefined ? (fileOrder ? 'ascending' : undefined) : key.descending ? 'descending' : 'ascending';

  return (
    <div
      role="columnheader"
      id={headId(placed.at)}
      aria-sort={direction ?? 'none'}
      aria-colindex={placed.at + 1}
      className={css.cell}
      data-form={column.form}
      data-right={isRight(column.form) || undefined}
      data-pin={pin}
      data-active={active || undefined}
      data-lifted={lifted || undefined}
      style={{ left, width }}
      onContextMenu={(event) => {
        if (compact) return;
        event.preventDefault();
        onMenu(event.currentTarget);
      }}
    >
      <button
        type="button"
        className={css.sort}
        tabIndex={-1}
        aria-label={column.name}
        title={`${column.name}${column.meaning === '' ? '' : `: ${column.meaning}`}. Click to sort, Shift-click for a further key, drag to move`}
        onPointerDown={compact ? undefined : onLift}
        onClick={(event) => dispatch({ type: 'sort', column: column.name, add: event.shiftKey })}
      >
        {direction === 'ascending' && <IconArrowUp size={12} aria-hidden />}
        {direction === 'descending' && <IconArrowDown size={12} aria-hidden />}
        {view.sort.length > 1 && at >= 0 && <sup>{at + 1}</sup>}
        <Label column={column} />
      </button>
      {!compact && (
        <>
          <button
            type="button"
            className={css.more}
            tabIndex={-1}
            aria-label={`Menu of ${column.name}`}
            aria-haspopup="menu"
            onClick={(event) => onMenu(event.currentTarget)}
          >
            <IconDotsVertical size={12} aria-hidden />
          </button>
          {isSummedUp && <HeadSummary column={column} width={width - 16} />}
          <ResizeEdge width={width} onResize={onResize} />
        </>
      )}
    </div>
  );
}

/** By the place of the column: a name may hold what an id must not. */
export function headId(at: number): string {
  return `head-${at}`;
}

function Label({ column }: { column: TableColumn }) {
  if (column.form === 'problems') return <IconAlertTriangle size={13} aria-hidden />;
  if (column.form === 'star') return <IconStar size={13} aria-hidden />;
  return <span>{column.label}</span>;
}

function ResizeEdge({ width, onResize }: { width: number; onResize: HeadCellProps['onResize'] }) {
  const follow = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const edge = event.currentTarget;
    const from = event.clientX;
    let last = width;
    edge.setPointerCapture(event.pointerId);
    const moved = ({ clientX }: { clientX: number }): void => onResize((last = width + clientX - from), false);
    const ended = (): void => {
      edge.removeEventListener('pointermove', moved);
      if (last !== width) onResize(last, true);
    };
    edge.addEventListener('pointermove', moved);
    edge.addEventListener('lostpointercapture', ended, { once: true });
  };
  return (
    <span
      className={css.resize}
      aria-hidden
      title="Drag to resize, double-click for the usual width"
      onPointerDown={follow}
      onDoubleClick={() => onResize(null, true)}
    />
  );
}
