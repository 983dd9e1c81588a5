import { Grouping } from './Grouping.tsx';
import { GroupsHead } from './GroupsHead.tsx';
import { GroupTable } from './GroupTable.tsx';
import css from './GroupsLens.module.css';

/** One row a task. `compact`: the list beside an open rollout. */
export function GroupsLens({ compact }: { compact: boolean }) {
  return (
    <div className={css.lens}>
      {!compact && <GroupsHead />}
      {!compact && <Grouping />}
      <GroupTable compact={compact} />
    </div>
  );
}
