import { z } from 'zod';
import { limits } from '../limits.ts';
import { cellColumn } from '../model/cell.ts';
import { columnInfo } from '../model/column.ts';
import { datasetState } from '../model/dataset.ts';
import { groupFigureName, groupHistogram, groupRollouts, groupSize, groupSort, groupsPage, groupsSummary } from '../model/group.ts';
import { binning, density, facet, histogram, quantiles } from '../model/histogram.ts';
import { message } from '../model/conversation.ts';
import { linesProgress } from '../model/job.ts';
import { neighbour, neighbourKinds } from '../model/neighbour.ts';
import { invalidLine, problem } from '../model/problem.ts';
import { markSet, marksImported, reviewStep, rolloutMarks } from '../model/marks.ts';
import { conditionCounts, filter, query, range } from '../model/query.ts';
import { rolloutKey } from '../model/recipe.ts';
import { rolloutDetail } from '../model/rollout.ts';
import { bandsRequest, searchPattern, searchProgress, searchTotals } from '../model/search.ts';
import { selectionSummary } from '../model/selection.ts';
import { copyFormat, viewFile, viewFormat, viewProgress } from '../model/view-file.ts';
import { dataset } from './dataset.ts';
import { exportMethods } from './exports.ts';
import type { Contract } from './method.ts';

const columnName = z.string().max(limits.conditionChars);
const binnedColumn = z.object({ column: columnName, binning });
const row = z.int().min(0);
/** Passed from here on; by default the larger value of a metric that has two, else 0.5. */
const passMark = z.number();
/** Over which rollouts and by what groups are measured. */
const measure = z.object({
  dataset,
  filter,
  metric: columnName,
  /** Of pass@k. */
  k: z.int().min(1).max(limits.passK),
  passMark: passMark.optional(),
  /** Values that differ by no more carry no signal; by default 1e-6. */
  tolerance: z.number().min(0).optional(),
});
/** `withPlan`: with what was planned of each task, read first where it has not been. */
const sortedGroups = measure.extend({ sort: groupSort, withPlan: z.boolean().optional() });

/** Everything the engine can do for a page. Row numbers count all non-blank lines of the dataset from 0. */
export const contract = {
  /**
   * Opens files that were granted, as shards of one dataset, and starts to read them. Answers before they are read. Unless `follow` is
   * false, what is appended to them later is taken in.
   */
  'dataset.open': {
    input: z.object({ grants: z.array(z.string()).min(1).max(10_000), follow: z.boolean().optional() }),
    output: datasetState,
  },
  /** Reports how far reading has come and what followed files bring, at most ten times a second; answers when both are over. */
  'dataset.watch': { input: z.object({ dataset }), progress: datasetState, output: datasetState },
  /** Stops reading; what has been read stays. */
  'dataset.stop': { input: z.object({ dataset }), output: datasetState },
  'dataset.close': { input: z.object({ dataset }), output: z.object({}) },
  /** The files that Gym wrote beside those of the dataset, joined by (task, rollout): planned inputs, failed attempts, verdicts, metrics. */
  'dataset.neighbours': { input: z.object({ dataset }), output: z.object({ neighbours: z.array(neighbour) }) },
  /** Joins a neighbour or not: columns and counts change with it. */
  'dataset.setNeighbour': {
    input: z.object({ dataset, file: z.string(), kind: z.enum(neighbourKinds), enabled: z.boolean() }),
    output: datasetState,
  },
  /** Columns found so far: derived ones first, then in the order of the file. */
  'dataset.columns': { input: z.object({ dataset }), output: z.object({ columns: z.array(columnInfo) }) },
  /**
   * One column: of the dataset, a nested path, or what an expression computes (`reward - 0.1 * truncated`). A path is read from all lines
   * first. Fails with bad-input, and the place, where there is none or it computes with what is no number.
   */
  'column.describe': {
    input: z.object({ dataset, column: columnName }),
    progress: linesProgress,
    output: columnInfo,
  },

  /**
   * Reads from the lines what conditions and columns name and no column holds yet: nested paths, texts, the order of those that are
   * `ordered`. Whatever takes conditions or columns does so itself; this one tells how far it has come.
   */
  'dataset.prepare': {
    input: z.object({
      dataset,
      filter,
      columns: z.array(columnName).max(limits.pageColumns),
      ordered: z.array(columnName).max(limits.pageColumns).optional(),
    }),
    progress: linesProgress,
    output: z.object({}),
  },

  /**
   * A window on the rows a query keeps. `draft` conditions do not take rows out: `kept` says which would stay.
   * Fails with bad-input and the place where a condition is wrong.
   */
  'rows.page': {
    input: z.object({ dataset, query, draft: filter, range, columns: z.array(columnName).max(limits.pageColumns) }),
    output: z.object({ total: z.int(), rows: z.array(z.int()), columns: z.array(cellColumn), kept: z.array(z.boolean()) }),
  },
  /** Rows as text for the clipboard, in the order given, every value whole. Fails with bad-input where it is too much. */
  'rows.copy': {
    input: z.object({
      dataset,
      rows: z.array(row).max(limits.copiedRows),
      columns: z.array(columnName).max(limits.savedColumns),
      format: copyFormat,
    }),
    progress: linesProgress,
    output: z.object({ text: z.string() }),
  },
  /** Writes the rows of a view with these columns, in its order, into the file `name` of a granted folder. Refuses one that is there unless `overwrite`. */
  'view.save': {
    input: z.object({
      dataset,
      query,
      columns: z.array(columnName).min(1).max(limits.savedColumns),
      format: viewFormat,
      folder: z.string(),
      name: z.string().min(1).max(200),
      overwrite: z.boolean(),
    }),
    progress: viewProgress,
    output: viewFile,
  },
  /** Position of a row in a query's order, null if the query leaves it out. */
  'rows.find': { input: z.object({ dataset, query, row }), output: z.object({ position: z.union([z.int(), z.null()]) }) },
  /** The row on a line of a file (from 1; the first file unless named), null if there is none. */
  'rows.atLine': {
    input: z.object({ dataset, line: z.int(), file: z.string().optional() }),
    output: z.object({ row: z.union([z.int(), z.null()]) }),
  },

  /** `by`: also divided by the values of another column. */
  'column.histogram': { input: z.object({ dataset, filter, column: columnName, binning, by: columnName.optional() }), output: histogram },
  /** Two columns against each other, binned: what a page draws a cloud of points from. */
  'column.density': { input: z.object({ dataset, filter, x: binnedColumn, y: binnedColumn }), output: density },
  /** Values at probabilities and cumulative shares at values, of the rows that the histogram of the column counts. */
  'column.quantiles': {
    input: z.object({
      dataset,
      filter,
      column: columnName,
      probabilities: z.array(z.number().min(0).max(1)).max(1001),
      at: z.array(z.number()).max(1001),
    }),
    output: quantiles,
  },
  'column.facet': {
    input: z.object({ dataset, filter, column: columnName, limit: z.int().min(1).max(limits.facetValues) }),
    output: facet,
  },

  /** What each condition leaves out, and what would come back without it. */
  'filter.counts': { input: z.object({ dataset, filter }), output: conditionCounts },

  /** What the filter keeps, and what would be left with the draft as well. `metric` decides which groups carry a signal. */
  'selection.summary': {
    input: z.object({
      dataset,
      filter,
      draft: filter,
      metric: columnName,
      /** Of possible pairs; by default 0.1. */
      margin: z.number().min(0).optional(),
      passMark: passMark.optional(),
    }),
    output: z.object({ rows: z.int(), before: selectionSummary, after: z.union([selectionSummary, z.null()]) }),
  },
  /** A window on the groups that the filter leaves, one a task, over the rollouts it keeps. */
  'groups.page': { input: sortedGroups.extend({ range }), output: groupsPage },
  /** Position among them of the task of a row, null if the filter keeps nothing of it. */
  'groups.find': { input: sortedGroups.extend({ row }), output: z.object({ position: z.union([z.int(), z.null()]) }) },
  /** A window on the rollouts of the task of a row that the filter keeps, by rollout index. */
  'groups.rollouts': {
    input: z.object({
      dataset,
      filter,
      metric: columnName,
      tolerance: z.number().min(0).optional(),
      row,
      range,
      columns: z.array(columnName).max(limits.pageColumns),
    }),
    output: groupRollouts,
  },
  /** What the groups are together, and by agent. */
  'groups.summary': { input: measure, output: groupsSummary },
  /** How the groups are spread over a figure. */
  'groups.histogram': { input: measure.extend({ figure: groupFigureName }), output: groupHistogram },
  /** How many groups would carry no signal with other sizes; exact for tasks of so many rollouts, else marked. */
  'groups.sizes': {
    input: z.object({
      dataset,
      filter,
      metric: columnName,
      sizes: z.array(z.int().min(1).max(limits.passK)).max(32),
      tolerance: z.number().min(0).optional(),
    }),
    output: z.object({ sizes: z.array(groupSize) }),
  },

  /** A long conversation comes in parts, so that nobody takes all of it in at once: progress has its beginning, the answer the other messages. */
  'rollout.read': {
    input: z.object({ dataset, row, metric: columnName }),
    progress: z.object({ messages: z.array(message) }),
    output: rolloutDetail,
  },
  /** What names a rollout in a recipe, whatever its file is called. */
  'rollout.key': { input: z.object({ dataset, row }), output: z.object({ key: rolloutKey }) },
  'rollout.marks': { input: z.object({ dataset, row }), output: rolloutMarks },
  /** Where a review of the rows of a query goes on: the next without a mark, or one of the band of the metric with fewest of them. */
  'review.next': {
    input: z.object({ dataset, query, row: z.union([row, z.null()]), metric: columnName, stratified: z.boolean() }),
    output: reviewStep,
  },
  /** Sets review marks of a rollout: a line appended to `<file>.rollscope.jsonl`. */
  'rollout.mark': { input: z.object({ dataset, row, set: markSet }), output: z.object({}) },
  /** All review marks as JSON lines, in the form of the sidecar. */
  'marks.export': { input: z.object({ dataset }), output: z.object({ text: z.string(), marks: z.int() }) },
  /** Sets the review marks that such lines say; those of rows that are not here are counted and left out. */
  'marks.import': { input: z.object({ dataset, text: z.string().max(limits.marksChars) }), output: marksImported },
  /** Bytes [start, end) of the row's line as text, undecodable bytes as U+FFFD; at most limits.rawBytes. */
  'rollout.raw': { input: z.object({ dataset, row, range }), output: z.object({ text: z.string(), bytes: z.number() }) },

  /**
   * Problems found so far, worst first; how many rules there are, and how many of them were asked: while the dataset is being read only
   * those that need no second look at the lines. Given up, it goes on where it was when it is asked again.
   */
  'problems.list': {
    input: z.object({ dataset }),
    progress: linesProgress,
    output: z.object({ problems: z.array(problem), rules: z.int(), asked: z.int() }),
  },
  /** A window on the invalid lines, in file order; of one rule, or of all. */
  'problems.lines': {
    input: z.object({ dataset, rule: z.string().optional(), range }),
    output: z.object({ total: z.int(), lines: z.array(invalidLine) }),
  },

  /** Searches decoded texts. Progress carries the matches in row order, `limit` of them at most; all are counted. */
  'search.run': {
    input: z.object({
      dataset,
      filter,
      pattern: searchPattern,
      limit: z.int().min(0).max(limits.searchMatches),
      bands: bandsRequest.optional(),
    }),
    progress: searchProgress,
    output: searchTotals,
  },

  ...exportMethods,
} as const satisfies Contract;
