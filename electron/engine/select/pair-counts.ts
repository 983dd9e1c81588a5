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
}

/** The difference of two values, the better one first, makes a pair; equal values never do. */
export function isFarApart(difference: number, margin: number): boolean {
  return difference > 0 && difference >= margin;
}

/** How many pairs `pairsOfTask` would make of a task, without making them. */
export function countPairs(ranked: RankedRows, { prompt, tools, answer }: RolloutIdentity, margin: number): PairCounts {
  let bestWorst = 0;
  let all = 0;
  const asked = [...divided(ranked.rows, allPlaces(ranked.count), prompt)].flatMap((places) => [...divided(ranked.rows, places, tools)]);
  for (const places of asked) {
    if (hasBestWorst(ranked, places, answer, margin)) bestWorst++;
    all += countFarApart(ranked.values, places, margin);
    for (const alike of divided(ranked.rows, places, answer)) all -= countFarApart(ranked.values, alike, margin);
  }
  return { bestWorst, all };
}

/** Pairs of values at places, which are ascending, that are far enough apart. */
function countFarApart(values: Float64Array, places: readonly number[], margin: number): number {
  let pairs = 0;
  for (let better = 1, worse = 0; better < places.length; better++) {
    while (isFarApart(values[places[better]!]! - values[places[worse]!]!, margin)) worse++;
    pairs += worse;
  }
  return pairs;
}

/** The best is the earliest row of the largest value: rows of equal values are ascending. */
function hasBestWorst({ rows, values }: RankedRows, places: readonly number[], answer: (row: number) => number, margin: number): boolean {
  let best = places.length - 1;
  while (best > 0 && values[places[best - 1]!] === values[places[best]!]) best--;
  const [largest, said] = [values[places[best]!]!, answer(rows[places[best]!]!)];
  return places.some((place) => isFarApart(largest - values[place]!, margin) && answer(rows[place]!) !== said);
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
