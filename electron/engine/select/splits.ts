import { createHash } from 'node:crypto';
import { shuffled } from './random.ts';
import { NO_TASK } from './tasks.ts';

export const Side = { train: 0, validation: 1, test: 2 } as const;

/** Shares of rows, each at least 0, together below 1. */
export interface Shares {
  readonly validation: number;
  readonly test: number;
}

/**
 * Sides of rows, whole tasks at a time: random tasks until the rows come as near to the shares as whole tasks allow. At least
 * one task stays in training. Rows that are added later may move every task: see `hashedSides`.
 */
export function drawnSides(rows: Uint32Array, taskOf: Uint32Array, { validation, test }: Shares, random: () => number): Uint8Array {
  const sizes = new Map<number, number>();
  const sides = new Map<number, number>();
  const taskAt = (row: number): number => taskOf[row] ?? NO_TASK;
  for (const row of rows) sizes.set(taskAt(row), (sizes.get(taskAt(row)) ?? 0) + 1);
  for (const [side, share] of [
    [Side.validation, validation],
    [Side.test, test],
  ] as const) {
    if (share === 0) continue;
    const wanted = share * rows.length;
    let taken = 0;
    for (const [task, size] of shuffled([...sizes], random)) {
      if (sides.size + 1 >= sizes.size) break;
      // A task that overshoots is taken only where it brings the share nearer than it was without it.
      if (sides.has(task) || Math.abs(taken + size - wanted) >= Math.abs(taken - wanted)) continue;
      sides.set(task, side);
      taken += size;
    }
  }
  return Uint8Array.from(rows, (row) => sides.get(taskAt(row)) ?? Side.train);
}

/**
 * Sides of rows, each task by its own name and the seed alone, so that rows that are added later move no task. Shares are of
 * tasks, and are met on average. Tasks of the same name (two agents tried it) are on the same side. The place of a task
 * between 0 and 1 is the first 48 bits of sha256 of seed, newline and name: below `test` it is a test task, then validation.
 */
export function hashedSides(
  rows: Uint32Array,
  taskOf: Uint32Array,
  nameOf: (task: number) => string,
  { validation, test }: Shares,
  seed: number,
): Uint8Array {
  const sides = new Map<number, number>();
  return Uint8Array.from(rows, (row) => {
    const task = taskOf[row] ?? NO_TASK;
    let side = sides.get(task);
    if (side === undefined) {
      const place =
        createHash('sha256')
          .update(`${seed}\n${nameOf(task)}`)
          .digest()
          .readUIntBE(0, 6) /
        2 ** 48;
      side = place < test ? Side.test : place < test + validation ? Side.validation : Side.train;
      sides.set(task, side);
    }
    return side;
  });
}
