import type { MarksImported, ReviewStep } from '#shared/model/marks.ts';
import { formatCount, formatTick, plural } from '../../ui/format.ts';

/** Where a review stands: `12 decided, 340 left · reward 0.4 to 0.6`. */
export function stepWords({ row, decided, undecided, band }: ReviewStep): string {
  if (row === null) return decided === 0 ? 'No rollout matches.' : `All ${formatCount(decided)} are decided.`;
  const counts = `${formatCount(decided)} decided, ${formatCount(undecided)} left`;
  if (band === undefined) return counts;
  return `${counts} · ${band === null ? 'without a value' : `${formatTick(band.low)} to ${formatTick(band.high)}`}`;
}

/** What came of a file of marks: `3 rollouts marked, 1 as before, 2 not here.` */
export function importWords({ added, unchanged, lost, unreadableLines }: MarksImported): string {
  const parts = [
    `${plural(added, 'rollout')} marked`,
    ...(unchanged > 0 ? [`${formatCount(unchanged)} as before`] : []),
    ...(lost > 0 ? [`${formatCount(lost)} not here`] : []),
    ...(unreadableLines > 0 ? [`${plural(unreadableLines, 'line')} unreadable`] : []),
  ];
  return `${parts.join(', ')}.`;
}
