import type { Readable } from 'node:stream';
import type { CellColumn } from '#shared/model/cell.ts';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import type { ExportExample, ExportPlan, ExportProgress, Manifest } from '#shared/model/export.ts';
import type { GroupFigureName, GroupHistogram, GroupRollouts, GroupSize, GroupsPage, GroupsSummary } from '#shared/model/group.ts';
import type { Density, Facet, Histogram, Quantiles } from '#shared/model/histogram.ts';
import type { Neighbour, NeighbourKind } from '#shared/model/neighbour.ts';
import type { InvalidLine } from '#shared/model/problem.ts';
import type { ConditionCounts, Filter, Query, Range } from '#shared/model/query.ts';
import type { Recipe, RolloutKey } from '#shared/model/recipe.ts';
import type { RolloutDetail, ShownRollout } from '#shared/model/rollout.ts';
import type { SelectionSummary } from '#shared/model/selection.ts';
import type { LinesProgress } from '#shared/model/job.ts';
import type { Problem } from '#shared/model/problem.ts';
import type { BandsRequest, SearchPattern, SearchProgress, SearchTotals } from '#shared/model/search.ts';
import type { Stats } from '#shared/model/stats.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import type { ChatFile, TokenTotals, TrainedExample } from '#shared/model/training.ts';
import type { Validation } from '#shared/model/validation.ts';
import type { CopyFormat, ViewFile, ViewProgress } from '#shared/model/view-file.ts';
import type { MarkSet, MarksImported, ReviewStep, RolloutMarks } from '#shared/model/marks.ts';
import type { ReviewRequest } from './annotate/index.ts';
import type { ProblemOptions } from './validate/index.ts';
import type { ProfileOptions, ProfileReading } from './metrics/profile.ts';
import type { PlannedCount } from './neighbours/index.ts';
import type { DensityRequest, HistogramRequest } from './query/index.ts';
import type { SaveRequest } from './view/index.ts';
import type { GroupsRequest, MeasureRequest, RolloutsRequest, SizesRequest, SummaryRequest } from './select/index.ts';

/** How a long call reports and is stopped. A stopped call fails with AppError `cancelled`. */
export interface JobOptions<P> {
  readonly signal?: AbortSignal;
  /** Who asks: long jobs of several take turns. By default each job is on its own. */
  readonly client?: object;
  /** At most ten calls a second. */
  readonly onProgress?: (progress: P) => void;
}

export interface EngineOptions {
  /** File of the bundled scan thread; without it files are scanned on the calling thread, in slices. */
  readonly scanThread?: string;
  /** Scan threads; by default as many as the machine runs at once. */
  readonly threads?: number;
  /** Where indexes are kept from run to run; without it none are read or written. Made when first needed. */
  readonly cacheFolder?: string;
  /** Where review marks are kept whose file lies in a folder that cannot be written; without it they cannot be set. */
  readonly marksFolder?: string;
  /** Whether what is appended to files after they were read is taken in, unless `open` says otherwise. */
  readonly follow?: boolean;
  /** Written into manifests. */
  readonly version: string;
}

/** Conditions and names of columns that are about to be asked for. */
export interface PrepareRequest {
  readonly filter: Filter;
  readonly columns?: readonly string[];
  /** Columns whose values will be put in order: to sort by, to count, to draw. */
  readonly ordered?: readonly string[];
  /** Ids of rules whose findings will be asked for. */
  readonly rules?: readonly string[] | undefined;
}

export interface OpenOptions {
  /** Prompts and answers will be told apart: reads what that takes at once. */
  readonly hashes?: boolean | undefined;
  readonly follow?: boolean | undefined;
  /** What the file `-` stands for; it is kept in a temporary file. */
  readonly input?: Readable | undefined;
}

/** What texts are made and counted with; by default our own template, and an estimate. */
export interface ChatPaths {
  /** A `chat_template.jinja`, or a `tokenizer_config.json`. */
  readonly template?: string | undefined;
  /** A `tokenizer.json`. */
  readonly tokenizer?: string | undefined;
}

/** The engine: opens datasets. One lives in the engine worker of the app, one in each run of the command line. */
export interface Engine {
  /** Starts to read files as shards of one dataset. The same files give the dataset that is open, while it is as they are. `.gz` and `.zst` files are unpacked. */
  open(files: readonly string[], options?: OpenOptions): Promise<Dataset>;
  dataset(id: string): Dataset;
  targets(): readonly TargetInfo[];
  /** Reads a chat template or a tokenizer. Fails with `unreadable`, and with bad-input where the file is none. */
  chatFile(kind: keyof ChatPaths, file: string): Promise<ChatFile>;
  close(): Promise<void>;
}

/** Which groups, in which order. */
export type PlannedGroups = Omit<GroupsRequest, 'plan'> & { readonly withPlan?: boolean | undefined };

/** One or several files as one list of rows. Everything can be asked while they are read; answers are "so far". */
export interface Dataset {
  readonly id: string;
  /** False when reading was stopped or failed, or a file has changed: then opening again gives another dataset. */
  isCurrent(): boolean;
  state(): DatasetState;
  /**
   * Reports until reading is over, however it ended, and the files are not followed any more. `thorough`: what is only needed to
   * tell prompts and answers apart is read then, too.
   */
  watch(options?: JobOptions<DatasetState> & { readonly thorough?: boolean }): Promise<DatasetState>;
  stop(): DatasetState;
  close(): Promise<void>;

  /**
   * Makes ready what the conditions and columns name and no column holds yet: nested paths and texts are read
   * from the lines. Everything below that takes conditions or columns fails with bad-input where this was left out; it costs
   * nothing where all is there. Ready means for the rows read so far.
   */
  prepare(request: PrepareRequest, job?: JobOptions<LinesProgress>): Promise<void>;
  /** Fails with bad-input, `at` the character, where an expression is wrong. Prepare it first. */
  check(expression: string): void;
  /** The files that Gym wrote beside those of the dataset, and what they say of its rollouts. */
  neighbours(): Promise<Neighbour[]>;
  /** How many rollouts were planned, where all files have their plan beside them. */
  planned(): Promise<PlannedCount | undefined>;
  /** Joins one of them or not. Fails with not-found. */
  setNeighbour(request: { file: string; kind: NeighbourKind; enabled: boolean }): Promise<void>;

  columns(): readonly ColumnInfo[];
  /** One column, also a nested path or what a name computes. Fails with bad-input where there is none. Prepare it first. */
  describe(column: string): ColumnInfo;
  page(request: { query: Query; draft: Filter; range: Range; columns: readonly string[] }): {
    total: number;
    rows: number[];
    columns: CellColumn[];
    kept: boolean[];
  };
  /** Rows as text for the clipboard, every value whole. Fails with bad-input where it is too much. */
  copy(
    request: { rows: readonly number[]; columns: readonly string[]; format: CopyFormat },
    job?: JobOptions<LinesProgress>,
  ): Promise<string>;
  /**
   * Writes the rows of a query with these columns into a file, in its order. Waits until all is read; fails with bad-input, `exists`,
   * `unwritable`, `changed` or `cancelled`, and then leaves nothing.
   */
  saveView(request: SaveRequest, out: { file: string; overwrite: boolean }, job?: JobOptions<ViewProgress>): Promise<ViewFile>;
  find(request: { query: Query; row: number }): number | null;
  rowAtLine(line: number, file?: string): number | null;
  histogram(request: HistogramRequest): Histogram;
  density(request: DensityRequest, job?: JobOptions<never>): Promise<Density>;
  quantiles(request: { filter: Filter; column: string; probabilities: readonly number[]; at: readonly number[] }): Quantiles;
  counts(filter: Filter): ConditionCounts;
  facet(request: { filter: Filter; column: string; limit: number }): Facet;
  summary(request: SummaryRequest): {
    rows: number;
    before: SelectionSummary;
    after: SelectionSummary | null;
  };
  /** At most limits.pageRows groups. `withPlan`: with what was planned, which may have to be read. These are worked out by turns. */
  groups(request: PlannedGroups & { range: Range }, job?: JobOptions<never>): Promise<GroupsPage>;
  findGroup(request: PlannedGroups & { row: number }, job?: JobOptions<never>): Promise<number | null>;
  groupRollouts(request: RolloutsRequest): GroupRollouts;
  groupsSummary(request: MeasureRequest, job?: JobOptions<never>): Promise<GroupsSummary>;
  groupHistogram(request: MeasureRequest & { figure: GroupFigureName }, job?: JobOptions<never>): Promise<GroupHistogram>;
  groupSizes(request: SizesRequest, job?: JobOptions<never>): Promise<GroupSize[]>;
  /** `more`: columns besides those there are, such as what is computed. */
  stats(filter: Filter, more?: readonly string[]): Stats;
  /** Gym's own statistics; their groups are worked out as they are gone through, while the dataset is open. */
  profile(filter: Filter, options?: ProfileOptions): ProfileReading;

  rollout(row: number, metric: string): RolloutDetail;
  /** What is wrong with a row's line, where it is no rollout; else null. Reads no more than a preview of it. */
  invalidLine(row: number): InvalidLine | null;
  /** The public shape of one rollout; fails with bad-input on an invalid line, saying what is wrong with it. */
  show(row: number): ShownRollout;
  raw(row: number, range: Range): { text: string; bytes: number };
  /** What is wrong, by rule. Fails with bad-input where a rule that is asked for does not exist. */
  validate(options?: ProblemOptions, job?: JobOptions<LinesProgress>): Promise<Validation>;
  /** The same of all rules, for a list that follows a dataset: `asked` of the `rules` so far, fewer while it is being read. */
  problems(job?: JobOptions<LinesProgress>): Promise<{ problems: Problem[]; rules: number; asked: number }>;
  /** What names the rollout in a recipe. */
  keyOf(row: number): RolloutKey;
  marksOf(row: number): RolloutMarks;
  /** Where a review of what a query keeps goes on. */
  nextUndecided(request: ReviewRequest): ReviewStep;
  /** Appends to the review marks of a rollout. Fails with bad-input on an invalid line, with unwritable where it cannot be written. */
  mark(row: number, set: MarkSet): void;
  /** All review marks as JSON lines. */
  exportMarks(job?: JobOptions<never>): Promise<{ text: string; marks: number }>;
  /** Sets the review marks that such lines say: of another copy of the file, or of another reviewer. Fails with unwritable. */
  importMarks(text: string, job?: JobOptions<never>): Promise<MarksImported>;
  /**
   * Searches the decoded texts of the rollouts that the filter keeps. Matches are reported in row order, `limit` of them at most.
   * Fails with bad-input where the pattern is wrong.
   */
  search(
    request: { filter: Filter; pattern: SearchPattern; limit: number; bands?: BandsRequest | undefined },
    job?: JobOptions<SearchProgress>,
  ): Promise<SearchTotals>;
  invalidLines(request: { rule?: string | undefined; range: Range }): { total: number; lines: InvalidLine[] };

  /** The recipe that a text is, with every option named. Fails with bad-input, and the place, where it is none, or none for this dataset. */
  readRecipe(text: string, job?: JobOptions<never>): Promise<Recipe>;
  /** How many examples each recipe makes at most, told from the index alone; null where one makes no sense here. */
  mostExamples(recipes: readonly Recipe[], job?: JobOptions<never>): Promise<(number | null)[]>;
  /** `files`: those that the recipe names by their sha256; fails with bad-input where one is missing, with `changed` where it is another. */
  plan(recipe: Recipe, options?: JobOptions<ExportProgress>, files?: ChatPaths): Promise<ExportPlan>;
  /** One example; what has not been planned is planned first. */
  preview(recipe: Recipe, index: number, options?: JobOptions<ExportProgress>, files?: ChatPaths): Promise<ExportExample | null>;
  /** The same example as its trainer reads it. Fails with bad-input where a file is none of its kind, or the template refuses the row. */
  trained(recipe: Recipe, index: number, options?: JobOptions<ExportProgress>, files?: ChatPaths): Promise<TrainedExample | null>;
  /** The tokens of all examples as their trainer reads them; null where none is known, or the template refuses every row looked at. */
  tokens(recipe: Recipe, options?: JobOptions<ExportProgress>, files?: ChatPaths): Promise<TokenTotals | null>;
  /** Writes to `folder`, made if need be. Refuses one that is not empty unless `overwrite`, which replaces only our own files. */
  export(
    recipe: Recipe,
    out: { folder: string; overwrite: boolean; files?: ChatPaths },
    options?: JobOptions<ExportProgress>,
  ): Promise<Manifest>;
}
