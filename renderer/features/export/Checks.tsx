import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ExportPlan } from '#shared/model/export.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { capital } from '../../state/words.ts';
import { formatCount, plural } from '../../ui/format.ts';
import css from './Checks.module.css';

interface ChecksProps {
  readonly plan: ExportPlan;
  readonly target: TargetInfo;
  /** Tokens are counted, not estimated. */
  readonly counted: boolean;
}

/** What holds for every example, as those for which it does not are left out, and what is worth knowing of some. */
export function Checks({ plan: { rowsWritten, splits, warnings }, target: { needs }, counted }: ChecksProps) {
  const held = [...needs, ...(splits.length > 1 ? ['no task on both sides of the split'] : [])];
  if (rowsWritten === 0 || held.length + warnings.length === 0) return null;
  return (
    <section aria-label="Checks">
      <h2 className={css.head}>Checks on all {plural(rowsWritten, 'example')}</h2>
      <ul className={css.checks}>
        {held.map((need) => (
          <li key={need}>
            <IconCircleCheck size={14} aria-hidden />
            <span>{capital(need)}</span>
            <span>pass</span>
          </li>
        ))}
        {warnings.map(({ id, title, count }) => (
          <li key={id} data-warning>
            <IconAlertTriangle size={14} aria-hidden />
            <span>{title}</span>
            <span>{formatCount(count)}</span>
          </li>
        ))}
        {!counted && (
          <li data-warning>
            <IconAlertTriangle size={14} aria-hidden />
            <span>Tokens are estimated, at four bytes each</span>
          </li>
        )}
      </ul>
    </section>
  );
}
