import type { GroupRollout } from '../../data/use-groups.ts';
import { formatCount, formatScore, formatValue } from '../../ui/format.ts';
import { RewardCell } from '../../ui/RewardCell.tsx';
import type { ValueRange } from '../../ui/reward-scale.ts';
import { signed } from './columns.ts';
import type { DetailColumn } from './detail-columns.ts';
import css from './GroupTable.module.css';

interface RolloutLineProps {
  readonly line: number;
  readonly top: number;
  /** Place in the task, from 0. */
  readonly at: number;
  /** Undefined: not loaded yet. */
  readonly rollout: GroupRollout | undefined;
  readonly columns: readonly DetailColumn[];
  readonly mark: number;
  readonly range: ValueRange;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onRead: () => void;
}

/** One rollout of the open task, beside its siblings. */
export function RolloutLine({ line, top, at, rollout, columns, mark, range, selected, onSelect, onRead }: RolloutLineProps) {
  return (
    <div
      role="row"
      id={`line-${line}`}
      aria-level={2}
      aria-rowindex={line + 2}
      aria-selected={selected}
      className={css.row}
      data-detail
      data-selected={selected || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
      onDoubleClick={onRead}
    >
      {columns.map((column) => (
        <div
          key={column.name}
          role="gridcell"
          className={css.cell}
          data-numeric={column.numeric || undefined}
          data-code={column.kind === 'answer' || undefined}
          style={{ left: column.left, width: column.width }}
          title={rollout === undefined ? undefined : exactText(column, rollout, at)}
        >
          {rollout === undefined ? (
            <span className={css.loading} />
          ) : (
            <>
              <span className={css.text}>{detailText(column, rollout, at)}</span>
              {column.kind === 'value' && <RewardCell value={rollout.value} mark={mark} range={range} />}
            </>
          )}
        </div>
      ))}
    </div>
  );
}

function detailText(column: DetailColumn, rollout: GroupRollout, at: number): string {
  switch (column.kind) {
    case 'rollout':
      return rollout.rollout === null ? `no. ${at + 1}` : `rollout ${rollout.rollout}`;
    case 'value':
      return rollout.value === null ? '·' : formatScore(rollout.value);
    case 'advantage':
      return rollout.advantage === null ? '·' : signed(rollout.advantage);
    case 'centred':
      return rollout.centred === null ? '·' : signed(rollout.centred);
    case 'metric':
    case 'answer': {
      const box = rollout.cell(column.name);
      if (box === undefined || box === 'absent') return '·';
      const { value } = box;
      if (value === null) return 'null';
      if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : formatValue(value);
      if (typeof value === 'object') return 'exact' in value ? value.exact : value.json;
      return String(value);
    }
  }
}

function exactText(column: DetailColumn, rollout: GroupRollout, at: number): string | undefined {
  switch (column.kind) {
    case 'rollout':
      return undefined;
    case 'value':
    case 'advantage':
    case 'centred':
      return rollout[column.kind] === null ? undefined : String(rollout[column.kind]);
    case 'metric':
    case 'answer':
      return detailText(column, rollout, at);
  }
}
