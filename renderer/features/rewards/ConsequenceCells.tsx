import { IconArrowRight } from '@tabler/icons-react';
import { formatCompact, formatCount, formatPercent } from '../../ui/format.ts';
import type { Consequence } from './consequences.ts';
import css from './Consequences.module.css';

const counting = 'Prompts and answers are still being told apart';

/** What there is without the draft; written short where there is little room. */
export function BeforeCell({ value, format }: { value: number | undefined; format: Consequence['format'] | undefined }) {
  if (value === undefined) return <td title={counting}>…</td>;
  const short = value < 10_000 ? formatCount(value) : formatCompact(value);
  return (
    <td title={formatCount(value)}>
      {format === undefined ? short : format(value)} <IconArrowRight size={11} aria-label="to" />
    </td>
  );
}

interface AfterCellsProps {
  readonly row: Consequence;
  readonly was: number | undefined;
  readonly is: number | undefined;
  readonly isLost: boolean;
  readonly withMeter: boolean;
  /** Figure and share in one cell: two drafts stand side by side. */
  readonly isBrief: boolean;
}

/** What a draft leaves, and its share of what there is. */
export function AfterCells({ row, was, is, isLost, withMeter, isBrief }: AfterCellsProps) {
  if (is === undefined || was === undefined) {
    return (
      <td className={css.after} colSpan={isBrief ? 1 : withMeter ? 3 : 2} title={counting}>
        …
      </td>
    );
  }
  const share = formatPercent(is, was);
  const warns = isLost || undefined;
  if (isBrief) {
    return (
      <td className={css.after} data-warns={warns} title={`${formatCount(is)}, ${share}`}>
        {row.format(is)} <small>{share}</small>
      </td>
    );
  }
  return (
    <>
      <td className={css.after} data-warns={warns} title={formatCount(is)}>
        {row.format(is)}
      </td>
      {withMeter && (
        <td className={css.meter} data-warns={warns} aria-hidden>
          <span style={{ width: `${was === 0 ? 0 : Math.min(100, (100 * is) / was)}%` }} />
        </td>
      )}
      <td>{share}</td>
    </>
  );
}
