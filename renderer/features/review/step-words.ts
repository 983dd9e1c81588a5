import type { ReviewStep } from '#shared/model/marks.ts';
import { formatCount, formatTick } from '../../ui/format.ts';

/** Where a review stands: `12 decided, 340 left · reward 0.4 to 0.6`. */
export function stepWords({ row, decided, undecided, band }: ReviewStep): string {
  if (row === null) return decided === 0 ? 'No rollout matches.' : `All ${formatCount(decided)} are decided.`;
  const counts = `${formatCount(decided)} decided, ${formatCount(undecided)} left`;
  if (band === undefined) return counts;
  return `${counts} · ${band === null ? 'without a value' : `${formatTick(band.low)} to ${formatTick(band.high)}`}`;
}
