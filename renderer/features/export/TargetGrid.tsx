import { IconBan } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import type { ExportPlan } from '#shared/model/export.ts';
import { gridColumns } from '#shared/model/target.ts';
import type { GridRow, Variant } from './grid-cells.ts';
import { TargetCell } from './TargetCell.tsx';
import { keyIn } from '../../ui/key-press.ts';
import type { KeyId } from '../../ui/key-table.ts';
import css from './TargetGrid.module.css';

interface TargetGridProps {
  readonly rows: readonly GridRow[];
  /** How many examples a variant gives at most; undefined until it is known, null where it cannot be. */
  readonly mostOf: (variant: Variant) => number | null | undefined;
  readonly chosen: Variant | undefined;
  /** Of the chosen target; undefined while it is made. */
  readonly plan: ExportPlan | undefined;
  readonly onChoose: (variant: Variant) => void;
}

const arrows: Partial<Record<KeyId, readonly [number, number]>> = {
  'targets.up': [-1, 0],
  'targets.down': [1, 0],
  'targets.left': [0, -1],
  'targets.right': [0, 1],
};

/** Frameworks down, methods across: a choice of one decides the other, and what does not exist is seen to be so. */
export function TargetGrid({ rows, mostOf, chosen, plan, onChoose }: TargetGridProps) {
  const grid = useRef<HTMLDivElement>(null);

  /** Goes on in the direction of the arrow to the next cell that exists. */
  const onArrow = (event: KeyboardEvent, row: number, column: number): void => {
    const key = keyIn('targets', event);
    const arrow = key === null ? undefined : arrows[key];
    if (arrow === undefined) return;
    const [down, right] = arrow;
    event.preventDefault();
    for (let r = row + down, c = column + right; ; r += down, c += right) {
      const cell = rows[r]?.cells[c];
      if (cell === undefined) return;
      if (cell.length > 0) {
        grid.current?.querySelector<HTMLElement>(`[data-place="${r} ${c}"] > *`)?.focus();
        return;
      }
    }
  };

  return (
    <div ref={grid} className={css.grid} role="grid" aria-label="Framework and method">
      <div role="row" className={css.row}>
        <div role="presentation" className={css.corner} />
        {gridColumns.map(({ id, title, about }) => (
          <div key={id} role="columnheader" className={css.head}>
            <b>{title}</b>
            <span>{about}</span>
          </div>
        ))}
      </div>
      {rows.map(({ framework, cells }, row) => (
        <div key={framework.id} role="row" className={css.row}>
          <div role="rowheader" className={css.head}>
            <b>{framework.title}</b>
            <span>{framework.version === '' ? 'any shape' : framework.version}</span>
          </div>
          {cells.map((variants, column) => {
            const title = gridColumns[column]?.title ?? '';
            if (variants.length === 0) {
              return (
                <div key={title} role="gridcell" className={css.none} aria-label={`${framework.title} has no ${title}`}>
                  <IconBan size={16} aria-hidden />
                </div>
              );
            }
            const found = variants.find((each) => each === chosen);
            return (
              <div key={title} role="presentation" className={css.place} data-place={`${row} ${column}`}>
                <TargetCell
                  variants={variants}
                  title={title}
                  chosen={found}
                  plan={plan}
                  mostOf={mostOf}
                  tabbable={found !== undefined}
                  onChoose={onChoose}
                  onArrow={(event) => onArrow(event, row, column)}
                />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
