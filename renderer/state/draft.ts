import { conditionRange } from '#shared/model/expression/index.ts';

/**
 * What a draft is held against. A draft range of a column stands for the range of that column the filter already has:
 * moving the handle of a chip changes the chip, and could not widen it otherwise.
 */
export interface Trial {
  /** The filter without the condition that the draft would take the place of. */
  readonly base: readonly string[];
  /** Index of that condition in the filter. */
  readonly replaces: number | null;
}

export function trialOf(filter: readonly string[], draft: string | null): Trial {
  const column = draft === null ? undefined : conditionRange(draft)?.column;
  const index = column === undefined ? -1 : filter.findIndex((condition) => conditionRange(condition)?.column === column);
  if (index < 0) return { base: filter, replaces: null };
  return { base: filter.filter((_, at) => at !== index), replaces: index };
}

/** The filter with the draft made a condition. */
export function withDraft(filter: readonly string[], draft: string): string[] {
  const { replaces } = trialOf(filter, draft);
  if (replaces !== null) return filter.map((condition, index) => (index === replaces ? draft : condition));
  return filter.includes(draft) ? [...filter] : [...filter, draft];
}
