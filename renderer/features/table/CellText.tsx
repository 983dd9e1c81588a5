import type { Cell } from '#shared/model/cell.ts';
import type { CellBox } from '../../data/row-pages.ts';
import { formatCount, formatScore, formatValue } from '../../ui/format.ts';
import { RewardCell } from '../../ui/RewardCell.tsx';
import type { ValueRange } from '../../ui/reward-scale.ts';
import type { TableColumn } from './columns.ts';
import css from './Table.module.css';

/** How the metric in view is coloured; undefined in other columns. */
export interface Marking {
  readonly mark: number;
  readonly range: ValueRange;
}

/** One value: absent is "·", null is "null", and neither is zero. The title has it exactly. */
export function CellText({ box, form, marking }: { box: CellBox; form: TableColumn['form']; marking?: Marking | undefined }) {
  if (box === 'absent') {
    return (
      <span className={css.none} title="The rollout has no such field">
        ·
      </span>
    );
  }
  const { value } = box;
  const text = <span className={value === null ? css.none : css.text}>{cellText(value, form)}</span>;
  if (marking === undefined) return text;
  const number = typeof value === 'boolean' ? Number(value) : value;
  return (
    <>
      {text}
      {(typeof number === 'number' || number === null) && <RewardCell value={number} mark={marking.mark} range={marking.range} />}
    </>
  );
}

export function cellText(value: Cell, form: TableColumn['form']): string {
  if (value === null) return 'null';
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return 'exact' in value ? value.exact : value.json;
  if (form === 'index' || form === 'count') return Number.isInteger(value) ? formatCount(value) : formatValue(value);
  return form === 'score' ? formatScore(value) : formatValue(value);
}

/** For the title and for copying. */
export function exactText(box: CellBox): string {
  if (box === 'absent') return '';
  const { value } = box;
  if (typeof value === 'object' && value !== null) return 'exact' in value ? value.exact : value.json;
  return String(value);
}
