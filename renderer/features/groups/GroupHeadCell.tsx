import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useGroupsContext } from '../../data/groups-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount } from '../../ui/format.ts';
import type { GroupColumn } from './columns.ts';
import { FigureHistogram } from './FigureHistogram.tsx';
import { HeadChoice } from './HeadChoice.tsx';
import { nextOrder } from './next-order.ts';
import css from './GroupTable.module.css';

/** A column's head: its name sorts, and what is below it says how the groups are spread, or chooses what the column shows. */
export function GroupHeadCell({ column, compact, slots }: { column: GroupColumn; compact: boolean; slots: number }) {
  const { view, dispatch } = useSteadyView();
  const { groups } = view;
  const { order } = column;
  const isSorted = order !== undefined && groups.by === order;
  const direction = isSorted && !(order === 'task' && !groups.descending) ? (groups.descending ? 'descending' : 'ascending') : undefined;
  return (
    <div
      role="columnheader"
      aria-sort={direction ?? 'none'}
      aria-label={column.label === '' ? column.meaning : undefined}
      className={css.headCell}
      data-numeric={column.numeric || undefined}
      style={{ left: column.left, width: column.width }}
    >
      {order === undefined ? (
        <span className={css.label} title={column.meaning}>
          {column.label}
        </span>
      ) : (
        <button
          type="button"
          className={css.sort}
          title={`${column.meaning}. Click to sort`}
          onClick={() => dispatch({ type: 'groups', groups: nextOrder(groups, order) })}
        >
          {direction === 'ascending' && <IconArrowUp size={12} aria-hidden />}
          {direction === 'descending' && <IconArrowDown size={12} aria-hidden />}
          <span>{column.label}</span>
        </button>
      )}
      {!compact && <Below column={column} slots={slots} />}
    </div>
  );
}

function Below({ column, slots }: { column: GroupColumn; slots: number }) {
  const { summary } = useGroupsContext();
  switch (column.name) {
    case 'task':
      return <span className={css.caption}>{summary === undefined ? '' : formatCount(summary.total.tasks)}</span>;
    case 'rewards':
      return <span className={css.caption}>{slots === 1 ? 'rollout 0' : `rollout 0 to ${slots - 1}`}</span>;
    case 'mean':
    case 'std':
      return (
        <span className={css.spark}>
          <FigureHistogram figure={column.name} width={column.width - 16} height={24} logarithmic />
        </span>
      );
    case 'passAtK':
    case 'advantage':
      return <HeadChoice of={column.name} />;
    default:
      return null;
  }
}
