import { conditionRange, splitConditions } from '#shared/model/expression/index.ts';
import { tryParse } from './try-parse.ts';

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

/**
 * The filter with the draft made a condition. What `and` joins become conditions of their own, each in the place of the range
 * of its column that the filter has.
 */
export function withDraft(filter: readonly string[], draft: string): string[] {
  return partsOf(draft).reduce<string[]>(
    (held, part) => {
      const { replaces } = trialOf(held, part);
      if (replaces !== null) return held.map((condition, index) => (index === replaces ? part : condition));
      return held.includes(part) ? held : [...held, part];
    },
    [...filter],
  );
}

/** A range of one column with two open ends stays whole. */
function partsOf(draft: string): string[] {
  return tryParse(draft) === null || conditionRange(draft) !== null ? [draft] : splitConditions(draft);
}
