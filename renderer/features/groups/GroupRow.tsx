import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import type { TaskGroup } from '#shared/model/group.ts';
import type { GroupsView } from '../../state/view-parts.ts';
import type { ValueRange } from '../../ui/reward-scale.ts';
import { advantagesOf, cellText, type GroupColumn } from './columns.ts';
import { Strip } from './Strip.tsx';
import css from './GroupTable.module.css';

export interface GroupRowProps {
  /** Position of the line among all, from 0. */
  readonly line: number;
  readonly top: number;
  /** Undefined: not loaded yet. */
  readonly group: TaskGroup | undefined;
  readonly columns: readonly GroupColumn[];
  readonly advantage: GroupsView['advantage'];
  readonly pitch: number;
  readonly mark: number;
  readonly range: ValueRange;
  readonly faded: boolean;
  readonly selected: boolean;
  readonly open: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onRead: (row: number) => void;
}

/** One task. */
export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { line, top, group, columns, selected, open, faded, onSelect, onToggle } = props;
  return (
    <div
      role="row"
      id={`line-${line}`}
      aria-level={1}
      aria-rowindex={line + 2}
      aria-expanded={open}
      aria-selected={selected}
      className={css.row}
      data-selected={selected || undefined}
      data-faded={faded || undefined}
      data-open={open || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
      onDoubleClick={onToggle}
    >
      {columns.map((column) => (
        <div
          key={column.name}
          role="gridcell"
          className={css.cell}
          data-column={column.name}
          data-numeric={column.numeric || undefined}
          style={{ left: column.left, width: column.width }}
          title={group === undefined ? undefined : exactText(column, group, props.advantage)}
        >
          {group === undefined ? <span className={css.loading} /> : <CellContent {...props} group={group} column={column} />}
        </div>
      ))}
    </div>
  );
}, sameRow);

function CellContent({ column, group, open, onToggle, ...props }: GroupRowProps & { group: TaskGroup; column: GroupColumn }) {
  const { name } = column;
  if (name === 'open') {
    return (
      <button
        type="button"
        className={css.toggle}
        tabIndex={-1}
        aria-label={`${open ? 'Close' : 'Open'} task ${group.task}`}
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
      </button>
    );
  }
  if (name === 'rewards') return <Strip group={group} pitch={props.pitch} mark={props.mark} range={props.range} onRead={props.onRead} />;
  const quiet = (name === 'passAt1' || name === 'passAtK') && !group.binary;
  return (
    <span className={css.text} data-state={name === 'state' ? group.state : undefined} data-quiet={quiet || undefined}>
      {cellText(name, group, props.advantage)}
    </span>
  );
}

/** For the title: every digit. */
function exactText({ name }: GroupColumn, group: TaskGroup, advantage: GroupsView['advantage']): string | undefined {
  switch (name) {
    case 'mean':
    case 'std':
    case 'passAt1':
    case 'passAtK':
      return group[name] === undefined ? undefined : String(group[name]);
    case 'range':
      return group.min === undefined ? undefined : `${group.min} … ${group.max}`;
    case 'advantage': {
      const { least, greatest } = advantagesOf(group, advantage);
      return least === undefined ? undefined : `${least} … ${greatest}`;
    }
    case 'missing':
      return group.expected === undefined ? undefined : `${group.missing} of ${group.expected} planned`;
    case 'size':
      return group.count === group.size ? undefined : `${group.size} rollouts, ${group.count} with a value`;
    case 'task':
      return group.task;
    case 'agent':
      return group.agent;
    case 'prompt':
      return group.prompt;
    default:
      return undefined;
  }
}

/** Handlers are new at each render but mean the same for the same group. */
function sameRow(a: GroupRowProps, b: GroupRowProps): boolean {
  const keys = ['line', 'top', 'group', 'columns', 'advantage', 'pitch', 'mark', 'range', 'faded', 'selected', 'open'] as const;
  return keys.every((key) => a[key] === b[key]);
}
