import type { GroupFigureName, GroupHistogram } from '#shared/model/group.ts';
import { automaticEdges, binOf, discreteLimit, meanAndDeviation, quantile } from '../query/index.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { figureReader, groupFigures, measureOf, type MeasureRequest } from './task-figures.ts';

/** How the tasks that a filter leaves are spread over a figure. Edges follow the figures. */
export function* groupHistogramInSteps(
  index: DatasetIndex,
  request: MeasureRequest,
  figure: GroupFigureName,
): Generator<void, GroupHistogram> {
  const figures = yield* groupFigures.steps(index, measureOf(index, request));
  const read = figureReader(figures, figure);
  const found = new Float64Array(figures.size.length);
  let count = 0;
  for (let task = 0; task < found.length; task++) {
    const value = figures.size[task] === 0 ? Number.NaN : read(task);
    if (Number.isFinite(value)) found[count++] = value;
  }
  yield;
  const values = found.subarray(0, count).sort();
  yield;
  const [min, max] = [values[0], values[count - 1]];
  if (min === undefined || max === undefined) return { edges: [0, 1], counts: [0], count: 0 };
  const edges = automaticEdges({ min, max, integers: values.every(Number.isInteger), distinct: distinctOf(values) });
  const counts = Array.from({ length: edges.length - 1 }, () => 0);
  for (const value of values) {
    const bin = binOf(edges, value);
    if (bin >= 0) counts[bin]!++;
  }
  const { mean } = meanAndDeviation(values, count, min, max);
  const [p25, p50, p75] = [quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75)];
  return { edges, counts, count, mean, p25, p50, p75 };
}

/** All distinct values, ascending, when they are few. */
function distinctOf(ascending: Float64Array): number[] | undefined {
  const distinct: number[] = [];
  for (const value of ascending) {
    if (value === distinct.at(-1)) continue;
    if (distinct.length === discreteLimit) return undefined;
    distinct.push(value);
  }
  return distinct;
}
