import { IconAlertTriangle } from '@tabler/icons-react';
import type { ExportPlan } from '#shared/model/export.ts';
import { lengthWords } from './length-words.ts';
import css from './LengthPill.module.css';

/** Which share of the examples is longer than a limit; nothing where none is. */
export function LengthPill({ plan, tokens }: { plan: ExportPlan | undefined; tokens: number | undefined }) {
  const words = lengthWords(plan, tokens);
  if (words === null) return null;
  return (
    <span className={css.pill}>
      <IconAlertTriangle size={12} aria-hidden />
      {words}
    </span>
  );
}
