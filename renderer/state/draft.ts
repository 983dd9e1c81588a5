import { conditionRange, rangeCondition, splitConditions, type ConditionRange } from '#shared/model/expression/index.ts';
import { tryParse } from './try-parse.ts';

/**
 * What a draft is held against. A draft range of a column stands for the range of that column the filter already has:
 * moving the handle of a chip changes the chip, and could not widen it otherwise.
 */
export interface Trial {
  /** The filter without the conditions that the draft would take the place of. */
  readonly base: readonly string[];
  /** Index of the first of them in the filter. */
  readonly replaces: number | null;
}

export function trialOf(filter: readonly string[], draft: string | null): Trial {
  const columns = new Set(draftParts(draft).flatMap((part) => conditionRange(part)?.column ?? []));
  const isReplaced = (condition: string): boolean => columns.has(conditionRange(condition)?.column ?? '');
  const index = columns.size === 0 ? -1 : filter.findIndex(isReplaced);
  if (index < 0) return { base: filter, replaces: null };
  return { base: filter.filter((condition) => !isReplaced(condition)), replaces: index };
}

/**
 * The filter with the draft made a condition. What `and` joins become conditions of their own, each in the place of the range
 * of its column that the filter has.
 */
export function withDraft(filter: readonly string[], draft: string): string[] {
  return draftParts(draft).reduce<string[]>(
    (held, part) => {
      const { replaces } = trialOf(held, part);
      if (replaces !== null) return held.map((condition, index) => (index === replaces ? part : condition));
      return held.includes(part) ? held : [...held, part];
    },
    [...filter],
  );
}

/** The range that a draft puts on a column, alone or beside other ranges. */
export function draftRange(draft: string | null, column: string): ConditionRange | null {
  return draftParts(draft).flatMap((part) => rangeOn(part, column) ?? [])[0] ?? null;
}

/** The draft with another range on a column; null bounds take it away, and the draft where nothing is left of it. */
export function withDraftRange(
  draft: string | null,
  column: string,
  { min, max }: { readonly min: number | null; readonly max: number | null },
): string | null {
  const ranges = draftParts(draft).filter((part) => conditionRange(part) !== null);
  const others = ranges.filter((part) => rangeOn(part, column) === null);
  const parts = min === null && max === null ? others : placed(ranges, column, rangeCondition(column, min, max));
  return parts.length === 0 ? null : parts.join(' and ');
}

function placed(ranges: readonly string[], column: string, condition: string): string[] {
  const at = ranges.findIndex((part) => rangeOn(part, column) !== null);
  return at < 0 ? [...ranges, condition] : ranges.map((part, index) => (index === at ? condition : part));
}

function rangeOn(condition: string, column: string): ConditionRange | null {
  const range = conditionRange(condition);
  return range !== null && range.column === column ? range : null;
}

/** What a draft joins by `and`; a range of one column with two open ends stays whole. */
function draftParts(draft: string | null): string[] {
  if (draft === null) return [];
  return tryParse(draft) === null || conditionRange(draft) !== null ? [draft] : splitConditions(draft);
}
