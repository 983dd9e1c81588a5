import { logTicks, valueTicks } from './bars.ts';
import { stepsOf, type Axis } from './bounds.ts';

/** Values to write under an axis: those a discrete metric can take where they are few, else round ones, about `wanted` of them. */
export function axisTicks(axis: Axis, wanted: number): readonly number[] {
  const steps = stepsOf(axis);
  if (steps !== undefined && steps.length <= wanted) return steps;
  const [first, last] = [axis.edges[0] ?? 0, axis.edges.at(-1) ?? 1];
  return axis.apart === undefined ? valueTicks(first, last, wanted) : logTicks(first, last, wanted);
}
