import { limits } from '#shared/limits.ts';

/** Distinct values up to which each one has its own bin. */
export const discreteLimit = 32;
/** Automatic edges aim at a step that makes at most about this many bins. */
const targetBins = 50;
/** Whole numbers that span less than this have a bin each, however many there are. */
const unitBinLimit = 64;

/**
 * Edges for finite values between `min` and `max`: strictly increasing, the first not above `min`, the last not below
 * `max`. `distinct` are all distinct values, ascending, where they are few. They depend on the values alone, not on a
 * filter, so that nothing jumps while one moves.
 */
export function automaticEdges(values: { min: number; max: number; integers: boolean; distinct: readonly number[] | undefined }): number[] {
  const { min, max, integers, distinct } = values;
  if (min === max) return edgesAround(min);
  if (integers && max - min < unitBinLimit && Math.abs(min) < 2 ** 50) return steps(min - 0.5, 1, max - min + 1);
  if (distinct) return discreteEdges(distinct);
  const round = roundEdges(min, max, integers);
  return holds(round, min, max) ? round : evenEdges(min, max);
}

/** So many bins of one width; fewer where float64 cannot tell so many apart. Other numbers as automaticEdges. */
export function equalEdges(min: number, max: number, bins: number): number[] {
  return min === max ? edgesAround(min) : evenEdges(min, max, bins);
}

/** Digits with which edges begin, the more a decade the finer; each is about the same factor from the next. */
const decades = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]] as const;

/**
 * Edges for values above zero that grow by about the same factor, decimals one would write. Strictly increasing, and they
 * hold all values; at most `most` bins, one of them at least.
 */
export function logEdges(min: number, max: number, most = targetBins): number[] {
  const [first, last] = [Math.floor(Math.log10(min)) - 1, Math.ceil(Math.log10(max)) + 1];
  const candidates = [...decades].reverse().map((digits) => ({ digits, every: 1 }));
  const coarse = [2, 5, 10, 20, 50, 100, 200, 700].map((every) => ({ digits: [1], every }));
  for (const { digits, every } of [...candidates, ...coarse]) {
    const edges: number[] = [];
    for (let power = Math.floor(first / every) * every; power <= last + every; power += every) {
      for (const digit of digits) edges.push(clamp(Number(`${digit}e${power}`)));
    }
    const from = edges.filter((edge) => edge <= min).length - 1;
    const to = edges.findIndex((edge) => edge >= max && edge > min);
    const inside = [...new Set(edges.slice(from, to + 1))];
    if (inside.length - 1 <= most && holds(inside, min, max)) return inside;
  }
  return [min / 2, max * 2].map(clamp);
}

/** One bin around a single value, as wide as 1 or, where 1 would say nothing, as the value. */
function edgesAround(value: number): number[] {
  const widths = Number.isInteger(value) || Math.abs(value) >= 0.1 ? [1, Math.abs(value), 2] : [Math.abs(value), 2];
  for (const width of widths) {
    const edges = [clamp(value - width / 2), clamp(value + width / 2)];
    if (holds(edges, value, value)) return edges;
  }
  return [-Number.MAX_VALUE, Number.MAX_VALUE];
}

/** Bins as wide as the smallest gap where the limit allows, so that no two values share one; else cut halfway between them. */
function discreteEdges(distinct: readonly number[]): number[] {
  const gaps = distinct.slice(1).map((value, i) => value - (distinct[i] ?? value));
  const [first = 0] = distinct;
  const last = distinct[distinct.length - 1] ?? first;
  const gap = Math.min(...gaps);
  const bins = Math.round((last - first) / gap) + 1;
  if (bins <= limits.bins) {
    const even = steps(clean(first - gap / 2, gap), gap, bins).map((edge) => clean(edge, gap));
    if (holds(even, first, last) && separates(even, distinct)) return even;
  }
  const [firstGap = 1] = gaps;
  const lastGap = gaps[gaps.length - 1] ?? 1;
  const cuts = distinct.slice(1).map((value, i) => halfway(distinct[i] ?? value, value));
  const beyond = last + lastGap / 2 > last ? last + lastGap / 2 : last + lastGap; // half an ulp is nothing
  const edges = [clamp(first - firstGap / 2), ...cuts, clamp(beyond)];
  return holds(edges, first, last) ? edges : [...distinct];
}

/** Multiples of 1, 2 or 5 times a power of ten. */
function roundEdges(min: number, max: number, integers: boolean): number[] {
  const rough = max / targetBins - min / targetBins; // each divided: the difference alone may overflow
  let power = Math.floor(Math.log10(rough));
  let digit = [1, 2, 5].find((each) => each * 10 ** power >= rough) ?? 10;
  if (digit === 10) [digit, power] = [1, power + 1];
  if (integers && power < 0) [digit, power] = [1, 0];
  // Read from digits, an edge is the float64 nearest to the decimal it shows: 0.3, not 0.30000000000000004.
  const edge = (k: number): number => clamp(Number(`${k * digit}e${power}`));
  const step = Number(`${digit}e${power}`);
  let start = Math.floor(min / step);
  let end = Math.ceil(max / step);
  if (edge(start) > min) start--;
  if (edge(end) < max) end++;
  if (!Number.isSafeInteger(start * digit) || !Number.isSafeInteger(end * digit) || end - start > limits.bins) return [];
  return Array.from({ length: end - start + 1 }, (_, i) => edge(start + i));
}

/** For ranges so narrow that no round number fits between: equal parts, as many as float64 can tell apart. */
function evenEdges(min: number, max: number, bins = targetBins): number[] {
  const edges = Array.from({ length: bins - 1 }, (_, i) => min + (max / bins - min / bins) * (i + 1));
  const inside = [...new Set(edges)].filter((edge) => edge > min && edge < max);
  return [min, ...inside, max];
}

function steps(first: number, step: number, bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, i) => first + i * step);
}

/** Rounded to a ten-thousandth of the gap between values, which drops the noise of adding decimals. */
function clean(value: number, gap: number): number {
  const digits = 4 - Math.floor(Math.log10(gap));
  return digits >= 0 && digits <= 100 ? Number(value.toFixed(digits)) : value;
}

function halfway(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle > low ? middle : high;
}

function separates(edges: readonly number[], distinct: readonly number[]): boolean {
  const bins = distinct.map((value) => binOf(edges, value));
  return new Set(bins).size === bins.length;
}

function holds(edges: readonly number[], min: number, max: number): boolean {
  const [first] = edges;
  const last = edges[edges.length - 1];
  const increasing = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > (edges[i - 1] ?? edge)));
  return first !== undefined && last !== undefined && edges.length > 1 && increasing && first <= min && last >= max;
}

function clamp(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}

/** The bin of a value: edges[i] <= value < edges[i + 1], the last one closed; -1 outside. */
export function binOf(edges: readonly number[], value: number): number {
  const last = edges.length - 1;
  let low = 0;
  let high = last;
  const [bottom = 0] = edges;
  const top = edges[last] ?? bottom;
  if (!(value >= bottom && value <= top)) return -1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (value >= (edges[middle] ?? 0)) low = middle;
    else high = middle;
  }
  return low;
}
