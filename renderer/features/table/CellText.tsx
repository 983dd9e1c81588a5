import { IconCheck, IconStarFilled } from '@tabler/icons-react';
import type { Cell } from '#shared/model/cell.ts';
import type { Severity } from '#shared/model/problem.ts';
import type { CellBox } from '../../data/row-pages.ts';
import { formatCount, formatScore, formatValue, plural } from '../../ui/format.ts';
import { surelyFits } from '../../ui/fits.ts';
import { tidy } from '../../ui/tidy.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { RewardCell } from '../../ui/RewardCell.tsx';
import type { ValueRange } from '../../ui/reward-scale.ts';
import type { ColumnForm } from './column-forms.ts';
import css from './Table.module.css';

/** How the metric in view is coloured; undefined in other columns. */
export interface Marking {
  readonly mark: number;
  readonly range: ValueRange;
}

interface CellTextProps {
  /** Undefined: not loaded yet. */
  readonly box: CellBox | undefined;
  readonly form: ColumnForm;
  /** For it, in px. */
  readonly room: number;
  readonly marking: Marking | undefined;
  /** Of the worst problem of the row, for their column. */
  readonly severity?: Severity | null;
}

/** Of the bar beside a value of the metric, with the gap before it, in px. */
const barWidth = 16;

/** One value: absent is "·", null is "null", and neither is zero. The title has it exactly. */
export function CellText({ box, form, room, marking, severity = null }: CellTextProps) {
  if (box === undefined) return <span className={css.loading} />;
  if (form === 'problems' || form === 'star') return <SignOf box={box} form={form} severity={severity} />;
  if (box === 'absent') {
    return (
      <span className={css.none} data-fits title="The rollout has no such field">
        ·
      </span>
    );
  }
  const { value } = box;
  if (form === 'flag' && typeof value === 'boolean') return <Flag value={value} />;
  const isZero = value === 0 && form === 'count';
  const written = form === 'text' ? tidy(cellText(value, form)) : cellText(value, form);
  const fits = surelyFits(written, marking === undefined ? room : room - barWidth);
  const text = (
    <span className={value === null || isZero ? css.none : css.text} data-fits={fits || undefined}>
      {written}
    </span>
  );
  if (marking === undefined) return text;
  const number = typeof value === 'boolean' ? Number(value) : value;
  return (
    <>
      {text}
      {(typeof number === 'number' || number === null) && <RewardCell value={number} mark={marking.mark} range={marking.range} />}
    </>
  );
}

/** True is seen from afar, false steps back. */
function Flag({ value }: { value: boolean }) {
  return (
    <>
      {value ? <IconCheck size={13} className={css.flag} aria-hidden /> : <span className={css.noFlag} />}
      <span className={value ? css.text : css.none}>{String(value)}</span>
    </>
  );
}

/** What is worth a sign only where there is something: findings of the rules, a star. */
function SignOf({ box, form, severity }: { box: CellBox; form: 'problems' | 'star'; severity: Severity | null }) {
  const value = box === 'absent' ? null : box.value;
  if (form === 'star') return value === true ? <IconStarFilled size={13} className={css.star} aria-label="starred" /> : null;
  if (typeof value !== 'number' || value === 0) return null;
  return (
    <span className={css.problems}>
      <SeverityIcon severity={severity ?? 'warning'} size={13} label={signWords(value, severity)} />
      {value > 1 && value}
    </span>
  );
}

export function cellText(value: Cell, form: ColumnForm): string {
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

/** `error: 2 rules found something`, the worst of them. */
function signWords(count: number, severity: Severity | null): string {
  return `${severity === null ? '' : `${severity}: `}${plural(count, 'rule found something', 'rules found something')}`;
}
