import { eachGroup, groupRows } from './row-groups.ts';

/** Why a row is or is not among the best of its task. */
export const Standing = { best: 0, notBest: 1, noValue: 2 } as const;

export interface BestOfTasks {
  /** A `Standing` for each of the rows, by position. */
  readonly standings: Uint8Array;
  /** Tasks in which a row that is left out is as good as one that is kept. */
  readonly tiedTasks: number;
}

/**
 * The best rows of each task, at most `count`: the higher the better, of equals those given first. Rows without a value (NaN)
 * cannot be compared; infinite ones can.
 */
export function bestOfTasks(rows: Uint32Array, taskOf: Uint32Array, metric: Float64Array, count: number): BestOfTasks {
  const valueOf = (row: number): number => metric[row] ?? Number.NaN;
  const kept = new Set<number>();
  let tiedTasks = 0;
  for (const group of eachGroup(groupRows(rows, taskOf))) {
    const ranked = [...group.rows].filter((row) => !Number.isNaN(valueOf(row)));
    // Sorting is stable. A difference would be NaN between two infinite values.
    ranked.sort((a, b) => (valueOf(a) === valueOf(b) ? 0 : valueOf(a) < valueOf(b) ? 1 : -1));
    for (const row of ranked.slice(0, count)) kept.add(row);
    const [last, first] = [ranked[count - 1], ranked[count]];
    if (last !== undefined && first !== undefined && valueOf(last) === valueOf(first)) tiedTasks++;
  }
  const standings = Uint8Array.from(rows, (row) => {
    if (kept.has(row)) return Standing.best;
    return Number.isNaN(valueOf(row)) ? Standing.noValue : Standing.notBest;
  });
  return { standings, tiedTasks };
}
