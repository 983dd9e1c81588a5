import type { RolloutIdentity } from './pairs.ts';

// Positions are below the arrays' length, so entries are never undefined: that is what `!` stands for here.

/** Rows of one task with their values, ascending; `count` of them. */
export interface RankedRows {
  readonly rows: Uint32Array;
  readonly values: Float64Array;
  count: number;
}

export interface PairCounts {
  /** Pairs of the strategy `best-worst`: at most one for each request. */
  readonly bestWorst: number;
  readonly all: number;
  /** Of them, those whose better rollout reaches the pass mark while the worse one does not. */
  readonly split: { readonly bestWorst: number; readonly all: number };
}

/** The difference of two values, the better one first, makes a pair; equal values never do. */
export function isFarApart(difference: number, margin: number): boolean {
  return difference > 0 && difference >= margin;
}

/** How many pairs `pairsOfTask` would make of a task, without making them. */
export function countPairs(ranked: RankedRows, { prompt, tools, answer }: RolloutIdentity, margin: number, passMark: number): PairCounts {
  let all = 0;
  const split = { bestWorst: 0, all: 0 };
  let bestWorst = 0;
  const asked = [...divided(ranked.rows, allPlaces(ranked.count), prompt)].flatMap((places) => [...divided(ranked.rows, places, tools)]);
  for (const places of asked) {
    const worst = worstBesideBest(ranked, places, answer, margin);
    if (worst !== undefined) {
      bestWorst++;
      if (ranked.values[worst]! < passMark && ranked.values[places.at(-1)!]! >= passMark) split.bestWorst++;
    }
    all += countFarApart(ranked.values, places, margin);
    split.all += countSplit(ranked.values, places, margin, passMark);
    for (const alike of divided(ranked.rows, places, answer)) {
      all -= countFarApart(ranked.values, alike, margin);
      split.all -= countSplit(ranked.values, alike, margin, passMark);
    }
  }
  return { bestWorst, all, split };
}

/** Rollouts that are compared one with another; more are divided by their answers. */
const fewRollouts = 64;

/** The same of rollouts that were all asked the same; nothing is made on the way, since a drag asks this of many tasks a frame. */
export function countPairsOfRequest(ranked: RankedRows, identity: RolloutIdentity, margin: number, passMark: number): PairCounts {
  const { rows, values, count } = ranked;
  if (count > fewRollouts) return countPairs(ranked, identity, margin, passMark);
  const { answer } = identity;
  const found = { bestWorst: 0, all: 0, split: { bestWorst: 0, all: 0 } };
  const best = firstOfLargest(values, count);
  for (let better = 1; better < count; better++) {
    const said = answer(rows[better]!);
    const isGood = values[better]! >= passMark;
    let isFirst = better === best;
    for (let worse = 0; worse < better && isFarApart(values[better]! - values[worse]!, margin); worse++) {
      if (answer(rows[worse]!) === said) continue;
      const divides = isGood && values[worse]! < passMark ? 1 : 0;
      found.all++;
      found.split.all += divides;
      if (!isFirst) continue;
      isFirst = false;
      found.bestWorst++;
      found.split.bestWorst += divides;
    }
  }
  return found;
}

/** Of ascending values. Where rows of equal values are ascending, it is the earliest of the best. */
function firstOfLargest(values: Float64Array, count: number): number {
  let best = count - 1;
  while (best > 0 && values[best - 1] === values[best]) best--;
  return best;
}

/** Of `count` ascending values, the pairs that are far enough apart of one below number `good` with one from there on. */
export function countAcross(values: ArrayLike<number>, good: number, count: number, margin: number): number {
  let pairs = 0;
  for (let better = good, worse = 0; better < count; better++) {
    while (worse < good && isFarApart(values[better]! - values[worse]!, margin)) worse++;
    pairs += worse;
  }
  return pairs;
}

function countSplit(values: Float64Array, places: readonly number[], margin: number, passMark: number): number {
  const held = places.map((place) => values[place]!);
  const good = held.findIndex((value) => value >= passMark);
  return good <= 0 ? 0 : countAcross(held, good, held.length, margin);
}

/** Pairs of values at places, which are ascending, that are far enough apart. */
export function countFarApart(values: Float64Array, places: ArrayLike<number>, margin: number): number {
  let pairs = 0;
  for (let better = 1, worse = 0; better < places.length; better++) {
    while (isFarApart(values[places[better]!]! - values[places[worse]!]!, margin)) worse++;
    pairs += worse;
  }
  return pairs;
}

/**
 * The place of the worst rollout that makes a pair with the best; undefined without one. The best is the earliest row of the
 * largest value: rows of equal values are ascending.
 */
function worstBesideBest(
  { rows, values }: RankedRows,
  places: readonly number[],
  answer: (row: number) => number,
  margin: number,
): number | undefined {
  let best = places.length - 1;
  while (best > 0 && values[places[best - 1]!] === values[places[best]!]) best--;
  const [largest, said] = [values[places[best]!]!, answer(rows[places[best]!]!)];
  return places.find((place) => isFarApart(largest - values[place]!, margin) && answer(rows[place]!) !== said);
}

function divided(rows: Uint32Array, places: readonly number[], by: (row: number) => number): Iterable<readonly number[]> {
  const parts = new Map<number, number[]>();
  for (const place of places) {
    const key = by(rows[place]!);
    const part = parts.get(key);
    if (part) part.push(place);
    else parts.set(key, [place]);
  }
  return parts.values();
}

const allPlaces = (count: number): number[] => Array.from({ length: count }, (_, place) => place);
