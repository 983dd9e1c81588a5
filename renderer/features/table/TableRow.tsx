import { memo } from 'react';
import { severity as severities, type Severity } from '#shared/model/problem.ts';
import type { CellBox, PageRow } from '../../data/row-pages.ts';
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
      {cells.map((placed) => {
        const { name } = placed.column;
        const isMetric = name === metric;
        return (
          <TableCell
            key={name}
            id={active === name ? cellId(index, placed.at) : undefined}
            placed={placed}
            box={page?.cell(name)}
            severity={placed.column.form === 'problems' ? severityOf(page) : null}
            passMark={isMetric ? passMark : null}
            range={isMetric ? range : null}
          />
        );
      })}
    </div>
  );
}, sameRow);

/** Of a cell, left and right, in px. */
const padding = 8;

interface TableCellProps {
  /** Only where the keys are. */
  readonly id: string | undefined;
  readonly placed: PlacedColumn;
  /** Undefined: not loaded yet. */
  readonly box: CellBox | undefined;
  /** Of the worst problem; null in other columns, and where it is not known. */
  readonly severity: Severity | null;
  /** Of the metric in view, else null. */
  readonly passMark: number | null;
  readonly range: ValueRange | null;
}

/** Drawn anew only when it changes: scrolling sideways brings new cells and leaves the others. */
const TableCell = memo(function TableCell({ id, placed, box, severity, passMark, range }: TableCellProps) {
  const { column, at, left, width, pin } = placed;
  const { name, form } = column;
  const marking = passMark === null || range === null ? undefined : { mark: passMark, range };
  return (
    <div
      role="gridcell"
      id={id}
      aria-colindex={at + 1}
      className={css.cell}
      data-column={name}
      data-form={form}
      data-right={isRight(form) || undefined}
      data-first={at === 0 || undefined}
      data-pin={pin}
      data-active={id !== undefined || undefined}
      style={{ left, width }}
      title={box === undefined ? undefined : exactText(box)}
    >
      <CellText box={box} form={form} severity={severity} room={width - 2 * padding} marking={marking} />
    </div>
  );
}, sameCell);

function sameCell(a: TableCellProps, b: TableCellProps): boolean {
  return (
    a.id === b.id &&
    samePlace(a.placed, b.placed) &&
    sameBox(a.box, b.box) &&
    a.severity === b.severity &&
    a.passMark === b.passMark &&
    a.range === b.range
  );
}

function sameBox(a: CellBox | undefined, b: CellBox | undefined): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && a.value === b.value);
}

function samePlace(a: PlacedColumn, b: PlacedColumn): boolean {
  return a.column === b.column && a.at === b.at && a.left === b.left && a.width === b.width && a.pin === b.pin;
}

/** By the place of the column: a name may hold what an id must not. */
export function cellId(index: number, at: number): string {
  return `cell-${index}-${at}`;
}

function severityOf(page: PageRow | undefined): Severity | null {
  const box = page?.cell('problem_severity');
  return typeof box === 'object' ? (severities.options.find((each) => each === box.value) ?? null) : null;
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
  return a === b || (a.length === b.length && a.every((cell, at) => samePlace(cell, b[at] ?? cell)));
}
