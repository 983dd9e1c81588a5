import type { TaskGroup } from '#shared/model/group.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { plural } from '../../ui/format.ts';
import type { DetailColumn } from './detail-columns.ts';
import { onlyTask } from './only-task.ts';
import css from './GroupTable.module.css';

interface EdgeProps {
  readonly line: number;
  readonly top: number;
}

/** Over the rollouts of an open task: what their figures are. */
export function Caption({ line, top, columns }: EdgeProps & { columns: readonly DetailColumn[] }) {
  return (
    <div
      role="row"
      aria-level={2}
      aria-rowindex={line + 2}
      className={css.row}
      data-detail
      data-caption
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map(({ name, label, numeric, left, width, kind }) => (
        <div
          key={name}
          role="columnheader"
          className={css.cell}
          data-numeric={numeric || undefined}
          data-marked={kind === 'value' || undefined}
          style={{ left, width }}
          title={kind === 'advantage' ? '(reward − mean) / std' : name}
        >
          <span className={css.text}>{label}</span>
        </div>
      ))}
    </div>
  );
}

/** Under them: what is missing, and the way to this task alone. */
export function Foot({ line, top, group }: EdgeProps & { group: TaskGroup | undefined }) {
  const { view, dispatch } = useSteadyView();
  return (
    <div
      role="row"
      aria-level={2}
      aria-rowindex={line + 2}
      className={css.row}
      data-detail
      data-foot
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className={css.foot}>
        {group !== undefined && (
          <>
            <button
              type="button"
              className={css.link}
              onClick={() => dispatch({ type: 'filter.set', filter: onlyTask(view.filter, group) })}
            >
              Use only this task
            </button>
            {group.missing !== undefined && group.missing > 0 && (
              <span>{`${plural(group.missing, 'rollout')} of ${group.expected ?? 0} planned ${group.missing === 1 ? 'is' : 'are'} not there`}</span>
            )}
          </>
        )}
      </div>
    </div>
  );
}
