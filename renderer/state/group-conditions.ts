/** The condition that keeps groups with a signal; with a tolerance of one's own it is about how far they spread. */
export function signalCondition(tolerance: number | null): string {
  return tolerance === null ? 'group.signal' : `group.max - group.min > ${tolerance}`;
}

/** Neither too hard nor too easy: between a fifth and four fifths of the rollouts pass. */
export const passRateCondition = 'group.passed / group.size between 0.2 and 0.8';

/** A filter with a condition put in, or taken out if it was there. */
export function toggled(filter: readonly string[], condition: string): string[] {
  return filter.includes(condition) ? filter.filter((each) => each !== condition) : [...filter, condition];
}
