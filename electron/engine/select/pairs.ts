import { isFarApart } from './pair-counts.ts';

// Positions are below the arrays' length, so entries are never undefined: that is what `!` stands for here.

/** What tells rollouts of a task apart: rows of equal numbers have the same prompt, the same tools, or the same answer. */
export interface RolloutIdentity {
  prompt(row: number): number;
  tools(row: number): number;
  answer(row: number): number;
}

export const pairStrategies = ['best-worst', 'all', 'best-vs-each', 'adjacent'] as const;

export interface PairOptions {
  readonly strategy: (typeof pairStrategies)[number];
  /** Smallest difference of the metric; whatever it is, equal values are never a pair. */
  readonly margin: number;
  /** Most pairs of a task; those with the best chosen rollouts come first. */
  readonly cap: number;
}

export const defaultPairs: PairOptions = { strategy: 'best-worst', margin: 0.1, cap: Infinity };

export interface Pair {
  readonly chosen: number;
  readonly rejected: number;
}

/**
 * Pairs of the rollouts of one task, whose rows are ascending: of equal requests, different answers, and metrics that differ
 * by the margin. Rollouts without a finite metric are in none; of equal values the earlier row is taken.
 *
 * - `best-worst`: of each request, the best rollout and the worst that answers otherwise.
 * - `all`: any two. `best-vs-each`: the best of each request with every worse one.
 * - `adjacent`: each distinct value of a request with the next lower one.
 */
export function pairsOfTask(
  rows: Uint32Array,
  metric: Float64Array,
  identity: RolloutIdentity,
  options: PairOptions = defaultPairs,
): Pair[] {
  const pairs: Pair[] = [];
  for (const ranked of rankedByRequest(rows, metric, identity)) {
    for (const pair of candidates(ranked, metric, identity, options)) {
      if (pairs.length >= options.cap) return pairs;
      pairs.push(pair);
    }
  }
  return pairs;
}

/** Rows of each request, best first, of equal ones the earlier. */
function rankedByRequest(rows: Uint32Array, metric: Float64Array, { prompt, tools }: RolloutIdentity): readonly number[][] {
  const requests: number[][] = [];
  const known = new Map<string, number[]>();
  for (const row of rows) {
    if (!Number.isFinite(metric[row])) continue;
    const key = `${prompt(row)} ${tools(row)}`;
    const request = known.get(key) ?? [];
    if (request.length === 0) requests.push(request);
    known.set(key, request);
    request.push(row);
  }
  for (const each of requests) each.sort((a, b) => metric[b]! - metric[a]! || a - b);
  return requests;
}

function* candidates(
  ranked: readonly number[],
  metric: Float64Array,
  identity: RolloutIdentity,
  { strategy, margin }: PairOptions,
): Generator<Pair> {
  const isPair = (chosen: number, rejected: number): boolean => {
    return isFarApart(metric[chosen]! - metric[rejected]!, margin) && identity.answer(chosen) !== identity.answer(rejected);
  };
  const worstFirst = [...ranked].sort((a, b) => metric[a]! - metric[b]! || a - b);
  const [best] = ranked;
  if (best === undefined) return;
  switch (strategy) {
    case 'best-worst': {
      const rejected = worstFirst.find((row) => isPair(best, row));
      if (rejected !== undefined) yield { chosen: best, rejected };
      return;
    }
    case 'best-vs-each':
      for (const rejected of worstFirst) if (isPair(best, rejected)) yield { chosen: best, rejected };
      return;
    case 'all':
      for (const chosen of ranked) for (const rejected of worstFirst) if (isPair(chosen, rejected)) yield { chosen, rejected };
      return;
    case 'adjacent': {
      const levels = ranked.filter((row, i) => i === 0 || metric[row] !== metric[ranked[i - 1]!]);
      for (const [i, chosen] of levels.entries()) {
        const rejected = levels[i + 1];
        if (rejected !== undefined && isPair(chosen, rejected)) yield { chosen, rejected };
      }
    }
  }
}
