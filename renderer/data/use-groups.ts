import { useMemo } from 'react';
import type { CellColumn } from '#shared/model/cell.ts';
import type { GroupFigureName, GroupHistogram, GroupSize, GroupSort, GroupsSummary, TaskGroup } from '#shared/model/group.ts';
import type { Neighbour } from '#shared/model/neighbour.ts';
import { useSteadyView } from '../state/use-view.tsx';
import { useCall, type Call, type PageInput } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import { useFocus } from './focus-context.tsx';
import type { Answer } from './latest.ts';
import { Pages } from './pages.ts';
import type { CellBox } from './row-pages.ts';
import { usePages, type Paged } from './use-pages.ts';
import { useRequest } from './use-request.ts';

/** Over which rollouts and by what groups are measured. */
export type GroupMeasure = PageInput<'groups.summary'>;
export type GroupsQuestion = GroupMeasure & { readonly sort: GroupSort; readonly withPlan: boolean };

/** k of pass@k where the user chose none and sizes are not known yet. */
const usualK = 4;

/** The measure of the view; null while there is nothing to ask. */
export function useGroupMeasure(): GroupMeasure | null {
  const { view } = useSteadyView();
  const { dataset, isBlank } = useDataset();
  const { metric, base, before } = useFocus();
  const { k, tolerance } = view.groups;
  const { passMark } = view;
  const perTask = before === undefined || before.tasks === 0 ? null : before.rollouts / before.tasks;
  const usedK = k ?? (perTask === null ? usualK : suitableK(perTask));
  const column = metric?.name ?? null;
  return useMemo(() => {
    if (isBlank || column === null) return null;
    const optional = { ...(passMark !== null && { passMark }), ...(tolerance !== null && { tolerance }) };
    return { dataset, filter: [...base], metric: column, k: usedK, ...optional };
  }, [isBlank, column, dataset, base, usedK, passMark, tolerance]);
}

/** The largest power of two below the size of a group, 2 at least: pass@4 of 8 rollouts. */
export function suitableK(perTask: number): number {
  return Math.max(2, 2 ** (Math.ceil(Math.log2(Math.max(2, perTask))) - 1));
}

/** The groups in the order of the view. */
export function useGroups(question: GroupsQuestion | null): Paged<TaskGroup> {
  const call = useCall();
  const { rowsVersion } = useDataset();
  const pages = useMemo(
    () =>
      new Pages<GroupsQuestion, TaskGroup>(async (asked, range, signal) => {
        const { total, groups } = await call('groups.page', { ...asked, range }, { signal });
        return { total, rows: groups };
      }),
    [call],
  );
  return usePages(pages, question, rowsVersion);
}

/** One rollout of an open group. */
export interface GroupRollout {
  readonly row: number;
  readonly rollout: number | null;
  readonly value: number | null;
  readonly centred: number | null;
  readonly advantage: number | null;
  cell(column: string): CellBox | undefined;
}
export type RolloutsQuestion = Omit<PageInput<'groups.rollouts'>, 'range'>;

/** The rollouts of an open group. */
export function useGroupRollouts(question: RolloutsQuestion | null): Paged<GroupRollout> {
  const call = useCall();
  const { rowsVersion } = useDataset();
  const pages = useMemo(() => new Pages<RolloutsQuestion, GroupRollout>(readRollouts(call)), [call]);
  return usePages(pages, question, rowsVersion);
}

function readRollouts(call: Call): ConstructorParameters<typeof Pages<RolloutsQuestion, GroupRollout>>[0] {
  return async (asked, range, signal) => {
    const page = await call('groups.rollouts', { ...asked, range }, { signal });
    const columns = new Map(page.columns.map((column) => [column.name, { ...column, absent: new Set(column.absent) }]));
    const rows = page.rows.map((row, at) => ({
      row,
      rollout: page.rollouts[at] ?? null,
      value: page.values[at] ?? null,
      centred: page.centred[at] ?? null,
      advantage: page.advantages[at] ?? null,
      cell: (name: string) => boxAt(columns.get(name), at),
    }));
    return { total: page.total, rows };
  };
}

function boxAt(column: (Omit<CellColumn, 'absent'> & { absent: ReadonlySet<number> }) | undefined, at: number): CellBox | undefined {
  if (column === undefined) return undefined;
  return column.absent.has(at) ? 'absent' : { value: column.values[at] ?? null };
}

/** What all groups are together, and by agent. */
export function useGroupsSummary(measure: GroupMeasure | null): Answer<GroupsSummary> {
  const { version } = useDataset();
  return useRequest('groups.summary', measure, { version, pace: 'settle' });
}

export function useGroupHistogram(measure: GroupMeasure | null, figure: GroupFigureName): GroupHistogram | undefined {
  const { version } = useDataset();
  return useRequest('groups.histogram', measure && { ...measure, figure }, { version, pace: 'settle' }).value;
}

/** What groups of other sizes would be. */
export function useGroupSizes(measure: GroupMeasure | null, sizes: readonly number[]): readonly GroupSize[] | undefined {
  const { version } = useDataset();
  const asked = measure && sizes.length > 0 ? sizesInput(measure, sizes) : null;
  return useRequest('groups.sizes', asked, { version, pace: 'settle' }).value?.sizes;
}

function sizesInput({ dataset, filter, metric, tolerance }: GroupMeasure, sizes: readonly number[]): PageInput<'groups.sizes'> {
  return { dataset, filter, metric, sizes: [...sizes], ...(tolerance !== undefined && { tolerance }) };
}

export type Plan = NonNullable<Neighbour['plan']>;

/** What was planned beside the files, all of them together; null where a file has no plan, or one of another run. */
export function usePlan(asks: boolean): Plan | null {
  const { dataset, version, isBlank, state } = useDataset();
  const asked = !asks || isBlank || state.phase === 'reading' ? null : { dataset };
  const neighbours = useRequest('dataset.neighbours', asked, { version }).value?.neighbours;
  return useMemo(() => (neighbours === undefined ? null : joinPlans(neighbours, state.files.length)), [neighbours, state.files.length]);
}

export function joinPlans(neighbours: readonly Neighbour[], files: number): Plan | null {
  const plans = neighbours.flatMap(({ plan, stale, enabled }) => (plan === undefined || stale || !enabled ? [] : [plan]));
  const [first] = plans;
  if (first === undefined || plans.length < files) return null;
  return plans.slice(1).reduce(
    (sum, plan) => ({
      expected: sum.expected + plan.expected,
      present: sum.present + plan.present,
      neverRun: sum.neverRun + plan.neverRun,
      tasks: {
        complete: sum.tasks.complete + plan.tasks.complete,
        partial: sum.tasks.partial + plan.tasks.partial,
        missing: sum.tasks.missing + plan.tasks.missing,
      },
      incomplete: [...sum.incomplete, ...plan.incomplete],
    }),
    first,
  );
}

/** Where the task of a row stands among the groups; undefined while that is not known, null where the filter leaves it out. */
export function useGroupPlace(question: GroupsQuestion | null, row: number | null): number | null | undefined {
  const { version } = useDataset();
  const asked = question === null || row === null ? null : { ...question, row };
  return useRequest('groups.find', asked, { version }).value?.position;
}
