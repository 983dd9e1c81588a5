import { meanAndDeviation } from '../query/index.ts';

// Positions are below the array's length, so entries are never undefined: that is what `!` stands for here.

/** Gym's five figures of a field. `std` is the sample deviation (n - 1), absent where there is a single value. */
export interface Description {
  readonly mean: number;
  readonly max: number;
  readonly min: number;
  readonly median: number;
  readonly std: number | undefined;
}

/** Figures of finite numbers, which are put into another order on the way; undefined where there are none. */
export function describe(values: Float64Array): Description | undefined {
  if (values.length === 0) return undefined;
  let min = values[0]!;
  let max = min;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return { ...meanAndDeviation(values, min, max), max, min, median: medianOf(values) };
}

/** The middle value, or the mean of the two middle ones, without sorting the rest. */
function medianOf(values: Float64Array): number {
  const middle = values.length >> 1;
  const high = select(values, middle);
  if (values.length % 2 === 1) return high;
  let low = values[0]!;
  for (let i = 1; i < middle; i++) if (values[i]! > low) low = values[i]!;
  const between = (low + high) / 2;
  return Number.isFinite(between) ? between : low / 2 + high / 2;
}

/** Rounds after which a selection that makes no headway, as values can be laid out to bring about, gives way to a sort. */
const mostRounds = 100;

/** Hoare's selection: afterwards the smallest `at` values stand before position `at`, and the next one, the answer, there. */
function select(values: Float64Array, at: number): number {
  let left = 0;
  let right = values.length - 1;
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
