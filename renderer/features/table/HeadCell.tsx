import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useView } from '../../state/use-view.tsx';
import type { TableColumn } from './columns.ts';
import { HeadSummary } from './HeadSummary.tsx';
import css from './Table.module.css';

interface HeadCellProps {
  readonly column: TableColumn;
  readonly left: number;
  readonly width: number;
  readonly compact: boolean;
  /** Stays at the left; the last one has an edge. */
  readonly pin: 'one' | 'last' | undefined;
  readonly onResize: ((event: unknown) => void) | undefined;
}

/** A column's head: its name sorts, its summary shows what is in it, its edge resizes. */
export function HeadCell({ column, left, width, compact, pin, onResize }: HeadCellProps) {
  const { view, dispatch } = useView();
  const { state } = useDataset();
  const at = view.sort.findIndex((key) => key.column === column.name);
  const key = view.sort[at];
  const fileOrder = column.name === 'line' && view.sort.length === 0 && state.files.length === 1;
  const direction = key === undefined ? (fileOrder ? 'ascending' : undefined) : key.descending ? 'descending' : 'ascending';

  return (
    <div
      role="columnheader"
      aria-sort={direction ?? 'none'}
      className={css.headCell}
      data-form={column.form}
      data-pin={pin}
      style={{ left, width }}
    >
      <button
        type="button"
        className={css.sort}
        tabIndex={-1}
        title={`${column.name}${column.meaning === '' ? '' : `: ${column.meaning}`}. Click to sort, Shift-click for a second key`}
        onClick={(event) => dispatch({ type: 'sort', column: column.name, add: event.shiftKey })}
      >
        {direction === 'ascending' && <IconArrowUp size={12} aria-hidden />}
        {direction === 'descending' && <IconArrowDown size={12} aria-hidden />}
        {view.sort.length > 1 && at >= 0 && <sup>{at + 1}</sup>}
        <span>{column.label}</span>
      </button>
      {!compact && <HeadSummary column={column} width={width - 16} />}
      {onResize !== undefined && (
        <span
          className={css.resize}
          aria-hidden
          onPointerDown={(event) => event.stopPropagation()}
          onMouseDown={onResize}
          onTouchStart={onResize}
        />
      )}
    </div>
  );
}
