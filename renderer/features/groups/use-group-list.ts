import { useMemo } from 'react';
import type { TaskGroup } from '#shared/model/group.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useFocus } from '../../data/focus-context.tsx';
import { useGroupsContext } from '../../data/groups-context.tsx';
import { useGroupRollouts, useGroups, type GroupRollout, type GroupsQuestion, type RolloutsQuestion } from '../../data/use-groups.ts';
import type { Paged } from '../../data/use-pages.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { detailNames } from './detail-columns.ts';
import type { OpenGroup } from './lines.ts';
import { usePlace } from './use-place.ts';

export interface GroupList {
  readonly question: GroupsQuestion | null;
  readonly groups: Paged<TaskGroup>;
  /** Of the open group. */
  readonly rollouts: Paged<GroupRollout>;
  readonly open: OpenGroup | null;
  /** Undefined while it is not loaded. */
  readonly openGroup: TaskGroup | undefined;
  /** Names of what the open group's rollouts have. */
  readonly detail: readonly string[];
  /** Opens a group, or closes it. */
  readonly toggle: (index: number) => void;
}

/** The groups in the order of the view, and the rollouts of the open one. */
export function useGroupList(): GroupList {
  const { view, dispatch } = useSteadyView();
  const { columns } = useDataset();
  const { metric } = useFocus();
  const { measure, plan } = useGroupsContext();
  const { by, descending, open: openRow, tolerance } = view.groups;

  const withPlan = plan !== null;
  const question = useMemo(
    (): GroupsQuestion | null => measure && { ...measure, sort: { by, descending }, withPlan },
    [measure, by, descending, withPlan],
  );
  const groups = useGroups(question);
  const place = usePlace(question, openRow);
  const index = openRow !== null && typeof place.index === 'number' && place.index < (groups.total ?? 0) ? place.index : null;
  const openGroup = index === null ? undefined : groups.at(index);

  const metricName = metric?.name ?? 'reward';
  const asked = useMemo(() => detailNames(columns, metricName), [columns, metricName]);
  const rollouts = useGroupRollouts(
    measure === null || openRow === null ? null : rolloutsOf(measure, { row: openRow, columns: asked, tolerance }),
  );
  const count = openGroup?.size ?? rollouts.total ?? 0;
  const open = useMemo((): OpenGroup | null => (index === null ? null : { index, rollouts: count }), [index, count]);

  const toggle = (at: number): void => {
    const group = groups.at(at);
    if (group === undefined) return;
    if (at !== index) place.tell(group.first, at);
    dispatch({ type: 'groups', groups: { open: at === index ? null : group.first } });
  };
  return { question, groups, rollouts, open, openGroup, detail: namesWithValues(asked, rollouts, count), toggle };
}

function rolloutsOf(
  { dataset, filter, metric }: Pick<GroupsQuestion, 'dataset' | 'filter' | 'metric'>,
  { row, columns, tolerance }: { row: number; columns: string[]; tolerance: number | null },
): RolloutsQuestion {
  return { dataset, filter, metric, row, columns, ...(tolerance !== null && { tolerance }) };
}

/** Rollouts that are looked at for what fields they have. */
const looked = 50;

/** What any of the first rollouts has: tasks of several agents have fields of their own. */
function namesWithValues(names: readonly string[], rollouts: Paged<GroupRollout>, count: number): string[] {
  const first = Array.from({ length: Math.min(count, looked) }, (_, at) => rollouts.at(at)).filter((each) => each !== undefined);
  return names.filter((name) => first.length === 0 || first.some((rollout) => rollout.cell(name) !== 'absent'));
}
