import { rewardTone, type RewardTone, type ValueRange } from './reward-scale.ts';

/** Length of a bar against the longest one, 0 to 1. On the logarithmic axis 1 is a tenth of a decade high, not nothing; the longest one fills the height. */
export function barLength(count: number, longest: number, logarithmic: boolean): number {
  if (count <= 0 || longest <= 0) return 0;
  return logarithmic ? Math.log10(count * 1.25) / Math.log10(longest * 1.25) : count / longest;
}

/** The same with at most about so many bins: neighbours are added up, as many in each. */
export function coarser<T extends { edges: readonly number[]; counts: readonly number[]; all: readonly number[] }>(
  histogram: T,
  most: number,
): T {
  const { edges, counts, all } = histogram;
  const every = Math.ceil(counts.length / Math.max(1, most));
  if (every <= 1) return histogram;
  const starts = counts.flatMap((_, bin) => (bin % every === 0 ? [bin] : []));
  const sums = (of: readonly number[]): number[] => starts.map((bin) => of.slice(bin, bin + every).reduce((sum, count) => sum + count, 0));
  return { ...histogram, edges: [...starts.map((bin) => edges[bin] ?? 0), edges.at(-1) ?? 0], counts: sums(counts), all: sums(all) };
}

/** Round counts to draw grid lines at: decades, or half and whole of a round number. */
export function countTicks(longest: number, logarithmic: boolean): number[] {
  if (longest <= 1) return [];
  if (!logarithmic) {
    const decade = 10 ** Math.floor(Math.log10(longest));
    const unit = longest / decade >= 4 ? 2 * decade : longest / decade >= 2 ? decade : decade / 2;
    return [unit, 2 * unit].filter((tick) => tick <= longest);
  }
  const decades = Math.floor(Math.log10(longest));
  return decades <= 2
    ? Array.from({ length: decades }, (_, index) => 10 ** (index + 1))
    : [10 ** Math.ceil(decades / 2), 10 ** decades].filter((tick, index, ticks) => ticks.indexOf(tick) === index);
}

/** Values to write under an axis: round ones, about `wanted` of them. */
export function valueTicks(min: number, max: number, wanted: number): number[] {
  if (!(max > min)) return [min];
  const rough = max / wanted - min / wanted;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * decade).find((candidate) => candidate >= rough) ?? rough;
  const ticks: number[] = [];
  for (let tick = Math.ceil(min / step - 1e-9); tick * step <= max + step * 1e-9; tick++) ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}

/** Powers of ten to write under a logarithmic axis, at most about `wanted` of them; 1, 2 and 5 of each where there are few. */
export function logTicks(min: number, max: number, wanted: number): number[] {
  const from = Math.ceil(Math.log10(min) - 1e-9);
  const to = Math.floor(Math.log10(max) + 1e-9);
  if (to - from < 3) {
    const digits = to - from < 2 ? [1, 2, 5] : [1, 3];
    return Array.from({ length: to - from + 3 }, (_, i) => digits.map((digit) => Number(`${digit}e${from - 1 + i}`)))
      .flat()
      .filter((tick) => tick >= min && tick <= max);
  }
  const every = Math.max(1, Math.ceil((to - from + 1) / wanted));
  return Array.from({ length: Math.max(0, Math.floor((to - from) / every) + 1) }, (_, i) => Number(`1e${from + i * every}`));
}

/** Tone of a bin by its middle; what lies beyond an upper bound is dropped like what lies below the lower one. */
export function binTone(low: number, high: number, bounds: { min: number | null; max: number | null }, range: ValueRange): RewardTone {
  const middle = low / 2 + high / 2;
  const { min, max } = bounds;
  if (max !== null && middle > max) return { ...rewardTone(middle, max, range), side: 'below' };
  if (min === null) return { side: 'above', step: max === null ? 3 : rewardTone(middle, max, range).step };
  return rewardTone(middle, min, range);
}
