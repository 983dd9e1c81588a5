import type { Range } from '#shared/model/query.ts';

/** The beginning of a range, at most so long. */
export function clampRange({ start, end }: Range, most: number): Range {
  return { start, end: Math.max(start, Math.min(end, start + most)) };
}
