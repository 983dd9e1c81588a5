import { z } from 'zod';
import { limits } from '../limits.ts';
import { binning } from './histogram.ts';
import { jobProgress } from './job.ts';

/** Where a text of a rollout stands: what anybody says; what the model thinks; names and arguments of calls; what tools answer. */
export const searchScopes = ['messages', 'reasoning', 'arguments', 'outputs'] as const;
export const searchScope = z.enum(searchScopes);
export type SearchScope = z.infer<typeof searchScope>;

/** What is looked for in the decoded texts: the pattern itself, or as a regex of JavaScript's dialect without looking around and back. */
export const searchPattern = z.object({
  text: z.string().min(1).max(limits.conditionChars),
  regex: z.boolean(),
  ignoreCase: z.boolean(),
  scopes: z.array(searchScope).min(1),
});
export type SearchPattern = z.infer<typeof searchPattern>;

/** The surroundings of one hit; the hit is text.slice(start, end), in UTF-16 units, cut where it is long. */
export const searchSnippet = z.object({
  scope: searchScope,
  /** Path inside the row, such as response.output[2].arguments. */
  at: z.string(),
  text: z.string(),
  start: z.int(),
  end: z.int(),
});
export type SearchSnippet = z.infer<typeof searchSnippet>;

/** One rollout with hits: how many, and the first of them. */
export const searchMatch = z.object({
  row: z.int(),
  path: z.string(),
  line: z.int(),
  hits: z.int(),
  snippets: z.array(searchSnippet),
});
export type SearchMatch = z.infer<typeof searchMatch>;

/** Of which metric hits are counted by bands: passed or not, and by bins too where they are asked for. */
export const bandsRequest = z.object({
  metric: z.string().max(limits.conditionChars),
  /** By default that of the metric (contract/engine.ts). */
  passMark: z.number().optional(),
  binning: binning.optional(),
});
export type BandsRequest = z.infer<typeof bandsRequest>;

/** Of the rollouts of a band: how many were searched, how many have hits, and how many hits they have together. */
export const searchBand = z.object({ searched: z.int(), rows: z.int(), hits: z.int() });
export type SearchBand = z.infer<typeof searchBand>;

/** Every rollout that was searched is in one of `passed`, `failed` (below the pass mark) and `without` (no finite number). */
export const searchBands = z.object({
  metric: z.string(),
  passMark: z.number(),
  passed: searchBand,
  failed: searchBand,
  without: searchBand,
  /** Bin i is as that of a histogram over the same edges; values that no bin holds are in none. */
  bins: z.object({ edges: z.array(z.number()), bands: z.array(searchBand) }).optional(),
});
export type SearchBands = z.infer<typeof searchBands>;

/** `unread`: rollouts that are longer than a text can be, or nested too deep; they were not searched. `bands`: where they were asked for. */
export const searchTotals = z.object({
  rowsSearched: z.int(),
  rows: z.int(),
  hits: z.int(),
  unread: z.int(),
  bands: searchBands.optional(),
});
export type SearchTotals = z.infer<typeof searchTotals>;

/** Matches in row order since the last report; all of them have been reported when the search is done, up to the limit asked for. */
export const searchProgress = jobProgress.extend({
  matches: z.array(searchMatch),
  /** So far. */
  bands: searchBands.optional(),
});
export type SearchProgress = z.infer<typeof searchProgress>;

/** Output of `rollscope search --json`; the shape is public (`rollscope schema search`). */
export const searchReport = searchTotals.extend({
  pattern: z.string(),
  regex: z.boolean(),
  ignoreCase: z.boolean(),
  scopes: z.array(searchScope),
  matches: z.array(searchMatch.omit({ row: true })),
});
export type SearchReport = z.infer<typeof searchReport>;
