import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { GroupsSummary } from '#shared/model/group.ts';
import type { AppError } from '#shared/errors.ts';
import { useSteadyView } from '../state/use-view.tsx';
import { useGroupMeasure, useGroupsSummary, usePlan, type GroupMeasure, type Plan } from './use-groups.ts';

/** What rail and list show of the groups, asked once for both. */
export interface Groups {
  /** Null while there is nothing to ask. */
  readonly measure: GroupMeasure | null;
  readonly summary: GroupsSummary | undefined;
  /** Null where no plan lies beside the files. */
  readonly plan: Plan | null;
  readonly error: AppError | null;
}

const none: Groups = { measure: null, summary: undefined, plan: null, error: null };
const GroupsContext = createContext<Groups>(none);

export function useGroupsContext(): Groups {
  return useContext(GroupsContext);
}

/** Asks while groups are in view, and not before. */
export function GroupsProvider({ children }: { children: ReactNode }) {
  const { view } = useSteadyView();
  const isInView = view.lens === 'groups';
  const wanted = useGroupMeasure();
  const measure = isInView ? wanted : null;
  const { value: summary, error } = useGroupsSummary(measure);
  const plan = usePlan(isInView);
  const groups = useMemo(() => ({ measure, summary, plan, error }), [measure, summary, plan, error]);
  return <GroupsContext value={groups}>{children}</GroupsContext>;
}
