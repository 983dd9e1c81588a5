import { IconChevronRight } from '@tabler/icons-react';
import type { ExportPlan } from '#shared/model/export.ts';
import { useRowAtLine } from '../../data/use-invalid-lines.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { leftOut, type LeftOut, type LeftOutBy } from './words.ts';
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
        <Reason key={reason.id} reason={reason} most={most} onRead={onRead} />
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

interface ReasonProps {
  readonly reason: LeftOut;
  readonly most: number;
  readonly onRead: (row: number) => void;
}

function Reason({ reason, most, onRead }: ReasonProps) {
  const rowAtLine = useRowAtLine();
  const open = async (path: string, line: number): Promise<void> => {
    const row = await rowAtLine(path, line).catch(() => null);
    if (row !== null) onRead(row);
  };
  const row = (
    <>
      <i className={css.dot} data-by={reason.by} />
      <span className={css.title} title={reason.title}>
        {reason.title}
      </span>
      <span className={css.track} data-by={reason.by}>
        <span style={{ width: `${(100 * reason.count) / most}%` }} />
      </span>
      <span className={css.count}>{formatCount(reason.count)}</span>
    </>
  );
  if (reason.examples.length === 0) return <div className={css.reason}>{row}</div>;
  return (
    <details className={css.details}>
      <summary className={css.reason}>
        {row}
        <IconChevronRight size={14} className={css.chevron} aria-hidden />
      </summary>
      <ul className={css.examples}>
        {reason.examples.map(({ path, line, detail }) => (
          <li key={`${path}:${line}`}>
            <button type="button" onClick={() => void open(path, line)}>
              line {formatCount(line)} of {path}
              {detail !== undefined && `, ${detail}`}
            </button>
          </li>
        ))}
        {reason.count > reason.examples.length && <li>and {formatCount(reason.count - reason.examples.length)} more</li>}
      </ul>
    </details>
  );
}
