import type { ExportPlan } from '#shared/model/export.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { capital } from '../../state/words.ts';
import { plural } from '../../ui/format.ts';
import { CheckList, warningLines, type CheckLine } from './CheckList.tsx';
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
  const lines: CheckLine[] = [
    ...held.map((need) => ({ id: need, kind: 'holds' as const, title: capital(need), outcome: 'pass' })),
    ...warningLines(warnings),
    ...(counted ? [] : [{ id: 'estimated', kind: 'warning' as const, title: 'Tokens are estimated, at four bytes each' }]),
  ];
  return (
    <section aria-label="Checks">
      <h2 className={css.head}>Checks on all {plural(rowsWritten, 'example')}</h2>
      <CheckList lines={lines} />
    </section>
  );
}
