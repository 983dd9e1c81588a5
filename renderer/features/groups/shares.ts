import { formatScore } from '../../ui/format.ts';

/** A share as `53.3%`, one decimal; what is no share of 0s and 1s as the value it is. */
export function shareText(value: number, isShare: boolean): string {
  return isShare ? `${(100 * value).toFixed(1)}%` : formatScore(value);
}
