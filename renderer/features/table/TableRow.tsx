import { memo } from 'react';
import type { PageRow } from '../../data/row-pages.ts';
import type { ValueRange } from '../../ui/reward-scale.ts';
import { CellText, exactText } from './CellText.tsx';
import type { TableColumn } from './columns.ts';
import css from './Table.module.css';

export interface TableCell {
  readonly column: TableColumn;
  readonly left: number;
  readonly width: number;
}

interface TableRowProps {
  readonly index: number;
  readonly top: number;
  /** Undefined: not loaded yet. */
  readonly page: PageRow | undefined;
  readonly cells: readonly TableCell[];
  /** How many of them stay at the left when the others scroll. */
  readonly pinned: number;
  readonly metric: string | null;
  readonly passMark: number;
  readonly range: ValueRange;
  readonly faded: boolean;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onRead: () => void;
}

export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { index, top, page, cells, pinned, metric, passMark, range, faded, selected, onSelect, onRead } = props;
  return (
    <div
      role="row"
      id={`row-${index}`}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={css.row}
      data-faded={faded || undefined}
      data-selected={selected || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
      onDoubleClick={onRead}
    >
      {cells.map(({ column, left, width }, at) => {
        const { name, form } = column;
        const box = page?.cell(name);
        const marking = name === metric ? { mark: passMark, range } : undefined;
        return (
          <div
            key={name}
            role="gridcell"
            className={css.cell}
            data-form={form}
            data-first={at === 0 || undefined}
            data-pin={at < pinned ? (at === pinned - 1 ? 'last' : 'one') : undefined}
            style={{ left, width }}
            title={box === undefined ? undefined : exactText(box)}
          >
            {box === undefined ? <span className={css.loading} /> : <CellText box={box} form={form} marking={marking} />}
          </div>
        );
      })}
    </div>
  );
}, sameRow);

/** Handlers are new at each render but mean the same for the same index. */
function sameRow(a: TableRowProps, b: TableRowProps): boolean {
  return (
    a.index === b.index &&
    a.top === b.top &&
    a.page === b.page &&
    a.metric === b.metric &&
    a.passMark === b.passMark &&
    a.range === b.range &&
    a.faded === b.faded &&
    a.selected === b.selected &&
    a.pinned === b.pinned &&
    sameCells(a.cells, b.cells)
  );
}

function sameCells(a: readonly TableCell[], b: readonly TableCell[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((cell, at) => cell.column === b[at]?.column && cell.left === b[at].left && cell.width === b[at].width))
  );
}
