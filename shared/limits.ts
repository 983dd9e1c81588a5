/** Limits that both sides of the wire rely on. Reaching one is a clear error or a finding, never a wrong value. */
export const limits = {
  /** Rows of one `rows.page`. */
  pageRows: 500,
  /** Columns of one `rows.page`. */
  pageColumns: 64,
  /** Characters of a text preview in a table cell. */
  previewChars: 240,
  /** Rollouts of one group on a page of groups. */
  groupStrip: 64,
  /** Largest k of pass@k. */
  passK: 1024,
  /** Bins of one histogram. */
  bins: 256,
  /** Values that divide the bars of a stacked histogram; what is beyond them is one part. */
  stackParts: 7,
  /** Values of one facet. */
  facetValues: 200,
  /** UTF-8 bytes of one `rollout.raw` slice. */
  rawBytes: 1 << 20,
  /** UTF-16 units of one filter condition. */
  conditionChars: 4000,
  /** Rows that are copied at once, and characters of their text. */
  copiedRows: 10_000,
  copiedChars: 32_000_000,
  /** Columns of a view that is copied or saved. */
  savedColumns: 2000,
  /** Columns that a view adds to those of the file: paths and expressions. */
  addedColumns: 32,
  /** Conditions of one filter. */
  conditions: 64,
  /** Matches that one search reports. */
  searchMatches: 100_000,
  /** Examples kept of each reason in a manifest or a problem list. */
  examples: 5,
  /** Longer lines are shown without the ends of their long texts and lists; exports, search and the raw view have all of them. */
  shownLineBytes: 32 << 20,
  /** UTF-16 units of review marks that are imported at once. */
  marksChars: 32 << 20,
  /** Recipes whose examples are counted at once. */
  recipes: 100,
  /** UTF-16 units of a recipe that the page reads. */
  recipeChars: 16 << 20,
  /** Lines of one dataset: what numbers of rows have room for. */
  rows: 2 ** 32 - 1,
  /** Levels of objects and lists in a line that is read. */
  nesting: 65_534,
  /** Bytes of one number. */
  numberBytes: 60_000,
  /** Bytes of a key, as the line writes it, that has a column. */
  keyBytes: 1 << 16,
  /** Types of items that have a column in one piece of a file that is read at a time. */
  itemTypes: 256,
} as const;
