import { memo } from 'react';
import type { PageRow } from '../../data/row-pages.ts';
import type { ValueRange } from '../../ui/reward-scale.ts';
import { CellText, exactText } from './CellText.tsx';
import { isRight } from './column-forms.ts';
import { gutter, type PlacedColumn } from './column-sizes.ts';
import { MarkBox } from './MarkBox.tsx';
import css from './Table.module.css';

interface TableRowProps {
  readonly index: number;
  readonly top: number;
  /** Undefined: not loaded yet. */
  readonly page: PageRow | undefined;
  readonly cells: readonly PlacedColumn[];
  /** The column that the keys are on, in the row they are on. */
  readonly active: string | null;
  /** Null: rows cannot be marked here. */
  readonly marked: boolean | null;
  readonly metric: string | null;
  readonly passMark: number;
  readonly range: ValueRange;
  readonly faded: boolean;
  readonly selected: boolean;
  readonly onSelect: (column: string | null) => void;
  readonly onMark: (extend: boolean) => void;
  readonly onRead: () => void;
}

export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { index, top, page, cells, active, marked, metric, passMark, range, faded, selected, onSelect, onMark, onRead } = props;
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
      onClick={(event) => {
        const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
        onSelect(cell?.dataset['column'] ?? null);
      }}
      onDoubleClick={onRead}
    >
      {marked !== null && (
        <div role="gridcell" className={css.gutter} style={{ width: gutter }}>
          <MarkBox line={lineOf(page)} marked={marked} onMark={onMark} />
        </div>
      )}
      {cells.map(({ column, at, left, width, pin }) => {
        const { name, form } = column;
        const box = page?.cell(name);
        const marking = name === metric ? { mark: passMark, range } : undefined;
        return (
          <div
            key={name}
            role="gridcell"
            id={active === name ? cellId(index, at) : undefined}
            aria-colindex={at + 1}
            className={css.cell}
            data-column={name}
            data-form={form}
            data-right={isRight(form) || undefined}
            data-first={at === 0 || undefined}
            data-pin={pin}
            data-active={active === name || undefined}
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

/** By the place of the column: a name may hold what an id must not. */
export function cellId(index: number, at: number): string {
  return `cell-${index}-${at}`;
}

function lineOf(page: PageRow | undefined): string {
  const box = page?.cell('line');
  return box === undefined ? '…' : exactText(box);
}

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
    a.active === b.active &&
    a.marked === b.marked &&
    sameCells(a.cells, b.cells)
  );
}

function sameCells(a: readonly PlacedColumn[], b: readonly PlacedColumn[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((cell, at) => {
        const other = b[at];
        return cell.column === other?.column && cell.left === other.left && cell.width === other.width && cell.pin === other.pin;
      }))
  );
}
