import { logTicks, valueTicks } from './bars.ts';
import { stepsOf, type Axis } from './bounds.ts';

/** Values to write under an axis: those a discrete metric can take where they are few, else round ones, about `wanted` of them. */
export function axisTicks(axis: Axis, wanted: number): readonly number[] {
  const steps = stepsOf(axis);
  if (steps !== undefined && steps.length <= wanted) return steps;
  const [first, last] = [axis.edges[0] ?? 0, axis.edges.at(-1) ?? 1];
  return axis.apart === undefined ? valueTicks(first, last, wanted) : logTicks(first, last, wanted);
}

/** About the width of a digit of a tick, and the least gap between two, in px. */
const [digitWidth, leastGap] = [6, 8];

/** Those of ascending ticks that can be read side by side: one that would run into the one before it is left out. */
export function ticksApart(ticks: readonly number[], place: (tick: number) => number, write: (tick: number) => string): number[] {
  let end = -Infinity;
  return ticks.filter((tick) => {
    const half = (write(tick).length * digitWidth) / 2;
    if (place(tick) - half < end + leastGap) return false;
    end = place(tick) + half;
    return true;
  });
}
