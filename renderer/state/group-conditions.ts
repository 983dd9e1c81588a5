import { computedOperand, printOperand, quoteName } from '#shared/model/expression/index.ts';

/** A figure of the task by a metric: the reward goes without saying. */
export function groupFigure(figure: string, metric: string): string {
  if (metric === 'reward') return `group.${figure}`;
  const computed = computedOperand(metric);
  return `group.${figure}(${computed === undefined ? quoteName(metric) : printOperand(computed)})`;
}

/** The condition that keeps groups with a signal; with a tolerance of one's own it is about how far they spread. */
export function signalCondition(tolerance: number | null, metric: string): string {
  const figure = (name: string): string => groupFigure(name, metric);
  return tolerance === null ? figure('signal') : `${figure('max')} - ${figure('min')} > ${tolerance}`;
}

/** Neither too hard nor too easy: between a fifth and four fifths of the rollouts pass. */
export function passRateCondition(metric: string): string {
  return `${groupFigure('passed', metric)} / group.size between 0.2 and 0.8`;
}

/** A filter with a condition put in, or taken out if it was there. */
export function toggled(filter: readonly string[], condition: string): string[] {
  return filter.includes(condition) ? filter.filter((each) => each !== condition) : [...filter, condition];
}
