import { AppError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { groupingOf } from '#shared/model/expression/index.ts';
import type { Filter } from '#shared/model/query.ts';
import type { Dataset, JobOptions, PlannedGroups } from './api.ts';
import { clampRange } from './clamp-range.ts';
import { inSlices } from './jobs/index.ts';
import { groupsSummary } from './metrics/group-summary.ts';
import type { Neighbours } from './neighbours/index.ts';
import {
  type DatasetIndex,
  findGroupInSteps,
  groupHistogramInSteps,
  groupSizes,
  groupsPageInSteps,
  type GroupsRequest,
  readGroupRollouts,
} from './select/index.ts';

interface Means {
  readonly index: DatasetIndex;
  readonly neighbours: Neighbours;
  /** The dataset is being closed. */
  readonly isStopped: () => boolean;
}

type GroupAnswers = Pick<Dataset, 'groups' | 'findGroup' | 'groupRollouts' | 'groupsSummary' | 'groupHistogram' | 'groupSizes'>;

/** What a dataset answers about its groups. */
export function groupAnswers({ index, neighbours, isStopped }: Means): GroupAnswers {
  /** With the tasks that the filter asks for. */
  const of = ({ filter }: { filter: Filter }): DatasetIndex => index.groupedBy(groupingOf(filter));

  /** What is there already waits for no turn. */
  async function inTurns<T>(work: Generator<void, T>, { signal, client }: JobOptions<never> = {}): Promise<T> {
    const first = work.next();
    if (first.done) return first.value;
    const result = await inSlices(work, () => signal?.aborted === true || isStopped(), client);
    if (result === undefined) throw new AppError('cancelled', 'Cancelled.');
    return result;
  }

  async function planned({ withPlan, ...request }: PlannedGroups): Promise<GroupsRequest> {
    if (withPlan) await neighbours.planned();
    return { ...request, ...(withPlan && { plan: neighbours.plannedSoFar() }) };
  }

  return {
    async groups(request, job) {
      const range = clampRange(request.range, limits.pageRows);
      return await inTurns(groupsPageInSteps(of(request), { ...(await planned(request)), range }), job);
    },
    async findGroup(request, job) {
      return await inTurns(findGroupInSteps(of(request), { ...(await planned(request)), row: request.row }), job);
    },
    groupRollouts: (request) => readGroupRollouts(of(request), { ...request, range: clampRange(request.range, limits.pageRows) }),
    groupsSummary: (request, job) => inTurns(groupsSummary.steps(of(request), request), job),
    groupHistogram: ({ figure, ...request }, job) => inTurns(groupHistogramInSteps(of(request), request, figure), job),
    groupSizes: (request, job) => inTurns(groupSizes.steps(of(request), request), job),
  };
}
