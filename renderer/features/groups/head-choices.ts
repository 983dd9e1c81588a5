import type { GroupsSummary } from '#shared/model/group.ts';
import type { GroupsView } from '../../state/view-parts.ts';

/** Another kind of advantage: a list that is ordered by it stays ordered by it. */
export function nextAdvantage({ by, descending }: GroupsView, next: GroupsView['advantage']): Partial<GroupsView> {
  const isSorted = by === 'advantageMax' || by === 'centredMax';
  const sort = isSorted ? { by: next === 'centred' ? ('centredMax' as const) : ('advantageMax' as const), descending } : {};
  return { advantage: next, ...sort };
}

/** The k of pass@k to choose from: usual ones up to the largest group, and the one there is now. */
export function passChoices(summary: GroupsSummary | undefined, k: number): number[] {
  const largest = summary?.total.largest ?? k;
  return [...new Set([2, 4, 8, 16, 32, 64, 128, 256, largest, k])]
    .filter((each) => each > 1 && (each <= largest || each === k))
    .sort((a, b) => a - b);
}
