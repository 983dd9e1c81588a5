import type { GroupSize } from '#shared/model/group.ts';
import { useGroupSizes, type GroupMeasure } from '../../data/use-groups.ts';
import { formatCount } from '../../ui/format.ts';
import { shareText } from './shares.ts';
import css from './GroupsRail.module.css';

const usualSizes = [2, 4, 8, 16, 32, 64];

/** What share of groups would carry no signal with other sizes: exact up to the rollouts there are, marked beyond. */
export function DeadGroups({ measure, largest }: { measure: GroupMeasure; largest: number }) {
  const asked = [...new Set([...usualSizes, ...(largest > 1 && largest <= 1024 ? [largest] : [])])].sort((a, b) => a - b);
  const sizes = useGroupSizes(measure, asked);
  if (sizes === undefined || sizes.every(({ tasks }) => tasks === 0)) return null;
  return (
    <section className={css.section} aria-label="Dead groups to expect">
      <header>
        <h2>Dead groups to expect</h2>
        <span className={css.note}>by group size</span>
      </header>
      <p className={css.note}>{`Exact for tasks of so many rollouts; ≈ and hatched: extrapolated for those that have fewer`}</p>
      <table className={css.sizes}>
        <tbody>
          {sizes.map((size) => (
            <Row key={size.size} size={size} isHere={size.size === largest} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ size: { size, tasks, extrapolated, deadShare = 0 }, isHere }: { size: GroupSize; isHere: boolean }) {
  const how =
    extrapolated === 0
      ? `exact over ${formatCount(tasks)} tasks`
      : `extrapolated for ${extrapolated === tasks ? 'all' : formatCount(extrapolated)} of ${formatCount(tasks)} tasks`;
  return (
    <tr data-here={isHere || undefined} title={how}>
      <th scope="row">{`G = ${size}`}</th>
      <td className={css.bar}>
        <span className={css.track}>
          <span className={css.length} style={{ width: `${100 * deadShare * (1 - extrapolated / tasks)}%` }} />
          <span className={css.length} data-extrapolated style={{ width: `${(100 * deadShare * extrapolated) / tasks}%` }} />
        </span>
      </td>
      <td>
        {extrapolated > 0 && '≈ '}
        {shareText(deadShare, true)}
        {extrapolated > 0 && <span className="rs-sr"> {how}</span>}
      </td>
    </tr>
  );
}
