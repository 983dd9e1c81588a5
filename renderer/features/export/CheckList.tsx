import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ExportWarning } from '#shared/model/export.ts';
import { formatCount } from '../../ui/format.ts';
import css from './CheckList.module.css';

/** Something that was looked at, and what came of it, in a word or a number. */
export interface CheckLine {
  readonly id: string;
  readonly kind: 'holds' | 'warning' | 'failed';
  readonly title: string;
  readonly detail?: string | undefined;
  readonly outcome?: string;
}

const icons = { holds: IconCircleCheck, warning: IconAlertTriangle, failed: IconCircleX } as const;

/** What holds of an export, what does not, and what is worth knowing of it. */
export function CheckList({ lines, label }: { lines: readonly CheckLine[]; label?: string }) {
  return (
    <ul className={css.list} aria-label={label}>
      {lines.map(({ id, kind, title, detail, outcome }) => {
        const Icon = icons[kind];
        return (
          <li key={id} data-kind={kind}>
            <Icon size={14} aria-hidden />
            <span className={css.title}>
              {title}
              {detail !== undefined && <span className={css.detail}>{detail}</span>}
            </span>
            <span>{outcome}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** What a plan warns of, with how many it is about. */
export function warningLines(warnings: readonly ExportWarning[]): CheckLine[] {
  return warnings.map(({ id, title, count }) => ({ id, kind: 'warning', title, outcome: formatCount(count) }));
}
