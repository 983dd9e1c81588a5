import { groupingOf, quoteName } from '#shared/model/expression/index.ts';

/** The column that a filter groups by, `prompt` for equal requests; null where task keys do. */
export function groupingIn(filter: readonly string[]): string | null {
  return groupingOf(filter) ?? null;
}

/** A filter that groups by another column, or by task keys again. */
export function withGrouping(filter: readonly string[], column: string | null): string[] {
  const others = filter.filter((condition) => groupingOf([condition]) === undefined);
  return column === null ? others : [`group by ${quoteName(column)}`, ...others];
}
