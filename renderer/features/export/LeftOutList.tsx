import type { ExportPlan } from '#shared/model/export.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { ReasonRow } from './ReasonRow.tsx';
import { leftOut, type LeftOutBy } from './words.ts';
import css from './LeftOutList.module.css';

const legend: readonly { by: LeftOutBy; name: string }[] = [
  { by: 'filter', name: 'your filter' },
  { by: 'sampling', name: 'sampling' },
  { by: 'target', name: 'does not fit the target' },
];

/** Every rollout that is left out, each for one reason: the counts add up to the file. */
export function LeftOutList({ plan, onRead }: { plan: ExportPlan; onRead: (row: number) => void }) {
  const reasons = leftOut(plan);
  const total = plan.rowsRead - plan.rolloutsUsed;
  const most = Math.max(1, ...reasons.map(({ count }) => count));
  return (
    <>
      <h2 className={css.head}>
        {total === 0
          ? `All ${plural(plan.rowsRead, 'rollout')} are used`
          : `Left out: ${formatCount(total)} of ${formatCount(plan.rowsRead)}, each for one reason`}
      </h2>
      {reasons.map((reason) => (
        <ReasonRow key={reason.id} reason={reason} most={most} onRead={onRead} />
      ))}
      {reasons.length > 0 && (
        <p className={css.legend}>
          {legend
            .filter(({ by }) => reasons.some((reason) => reason.by === by))
            .map(({ by, name }) => (
              <span key={by}>
                <i className={css.dot} data-by={by} /> {name}
              </span>
            ))}
        </p>
      )}
      {plan.invalidLines > 0 && (
        <p className={css.legend}>{plural(plan.invalidLines, 'invalid line')} beside these: no rollouts, so they are in no count.</p>
      )}
    </>
  );
}
