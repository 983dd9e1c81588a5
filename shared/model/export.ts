import { z } from 'zod';
import { jobProgress } from './job.ts';
import { recipe } from './recipe.ts';

/** Rollouts left out for one reason: `family/kebab-case`; family is admission, mapping, target, length or sampling. */
export const exclusion = z.object({
  reason: z.string(),
  count: z.int(),
  title: z.string(),
  /** `detail`: what is to be said of this one, such as which other rollout it is like. */
  examples: z.array(z.object({ path: z.string(), line: z.int(), detail: z.string().optional() })),
});
export type Exclusion = z.infer<typeof exclusion>;

/** What is worth knowing of so many rows or tasks, such as what a trainer does to them, so that someone may want it otherwise. */
export const exportWarning = z.object({ id: z.string(), title: z.string(), count: z.int() });
export type ExportWarning = z.infer<typeof exportWarning>;

/**
 * Where every row went: rowsRead = sum of filteredOut + rowsSelected, rowsSelected = rolloutsUsed + sum of excluded.
 * Each rollout has one reason, the first met.
 */
export const accounting = z.object({
  rowsRead: z.int(),
  invalidLines: z.int(),
  filteredOut: z.array(z.object({ condition: z.string(), count: z.int() })),
  rowsSelected: z.int(),
  rolloutsUsed: z.int(),
  rowsWritten: z.int(),
  excluded: z.array(exclusion),
  warnings: z.array(exportWarning).default([]),
});
export type Accounting = z.infer<typeof accounting>;

export const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string().optional() });
export type Check = z.infer<typeof check>;

/** `manifest.json`, and what `export --json` prints; the shape is public. In a dry run `files` and `checks` are empty. */
export const manifest = accounting.extend({
  target: z.string(),
  files: z.array(z.object({ path: z.string(), rows: z.int(), bytes: z.number(), sha256: z.string() })),
  source: z.array(z.object({ name: z.string(), bytes: z.number(), fingerprint: z.string() })),
  recipe,
  checks: z.array(check),
  version: z.string(),
  createdAt: z.string(),
});
export type Manifest = z.infer<typeof manifest>;

/** How long examples are: `counts` of as many equal parts from 0 to the longest, both included. */
export const exampleLengths = z.object({ total: z.number(), median: z.number(), longest: z.number(), counts: z.array(z.int()) });
export type ExampleLengths = z.infer<typeof exampleLengths>;

/** What an export will do: every row mapped, nothing written. */
export const exportPlan = accounting.extend({
  splits: z.array(z.object({ name: z.string(), rows: z.int() })),
  /** Of the written rows, in UTF-8 bytes of the JSON text of what rollouts give to them. */
  bytes: z.number(),
  /**
   * Examples longer than so many tokens: than the trainer cuts or drops at unless it is told otherwise, and than `max-length`. Told as
   * the option `length-by` says.
   */
  over: z.array(z.object({ tokens: z.int(), examples: z.int() })),
  /** In tokens, told in the same way, but never by a tokenizer. Null of nothing. */
  lengths: exampleLengths.nullable(),
});
export type ExportPlan = z.infer<typeof exportPlan>;

/** One example of the preview, as written: its JSON text, pretty-printed, and the rows it came from. */
export const exportExample = z.object({
  index: z.int(),
  total: z.int(),
  split: z.string(),
  row: z.int(),
  /** Further rows it is made of: the rejected one of a pair, others of a task; not all of them where they are many. */
  others: z.array(z.int()),
  line: z.int(),
  file: z.string(),
  json: z.string(),
});
export type ExportExample = z.infer<typeof exportExample>;

export const exportProgress = z.object({
  /** `read`: lines are gone through for what the recipe names and no column holds. */
  phase: z.enum(['read', 'plan', 'write', 'verify']),
  done: z.int(),
  total: z.int(),
  bytesWritten: z.number(),
  elapsedMs: z.number(),
  /** The phase in bytes of JSON text: of the rows read, written, read back. Absent where lines are only counted. */
  job: jobProgress.optional(),
});
export type ExportProgress = z.infer<typeof exportProgress>;
