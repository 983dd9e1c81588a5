import { meanAndDeviation } from '../query/index.ts';

// Positions are below the array's length, so entries are never undefined: that is what `!` stands for here.

/** Gym's figures of a field, in the order in which `describe` writes them. */
export const figures = ['mean', 'max', 'min', 'median', 'std'] as const;

/**
 * Writes the figures of the first `count` values, all finite, to `into` from `at` on; the values are put into another order.
 * NaN stands for what there is none of: everything without a value, the sample deviation (n - 1) of a single one.
 */
export function describe(values: Float64Array, count: number, into: Float64Array, at: number): void {
  if (count === 0) {
    into.fill(Number.NaN, at, at + figures.length);
    return;
  }
  let min = values[0]!;
  let max = min;
  for (let i = 1; i < count; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  const { mean, std } = meanAndDeviation(values, count, min, max);
  into[at] = mean;
  into[at + 1] = max;
  into[at + 2] = min;
  into[at + 3] = min === max ? min : medianOf(values, count);
  into[at + 4] = std ?? Number.NaN;
}

/** The middle value, or the mean of the two middle ones, without sorting the rest. */
function medianOf(values: Float64Array, count: number): number {
  const middle = count >> 1;
  const high = select(values, count, middle);
  if (count % 2 === 1) return high;
  let low = values[0]!;
  for (let i = 1; i < middle; i++) if (values[i]! > low) low = values[i]!;
  const between = (low + high) / 2;
  return Number.isFinite(between) ? between : low / 2 + high / 2;
}

/** Rounds after which a selection that makes no headway, as values can be laid out to bring about, gives way to a sort. */
const mostRounds = 100;

/** Hoare's selection: afterwards the smallest `at` values stand before position `at`, and the next one, the answer, there. */
function select(values: Float64Array, count: number, at: number): number {
  let left = 0;
  let right = count - 1;
  for (let round = 0; left < right; round++) {
    if (round === mostRounds) {
      values.subarray(left, right + 1).sort();
      break;
    }
    const pivot = medianOfThree(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (at <= j) right = j;
    else if (at >= i) left = i;
    else break;
  }
  return values[at]!;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
