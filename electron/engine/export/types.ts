import type { ExportWarning } from '#shared/model/export.ts';
import type { JsonObject } from '#shared/model/json.ts';
import type { Filter } from '#shared/model/query.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import type { ChatPaths } from '../api.ts';
import type { Column, RowIndex } from '../index/types.ts';
import type { PlannedTasks } from '../neighbours/index.ts';
import type { MediaFile } from './frameworks/images.ts';
import type { Lesson } from './lessons/lesson.ts';
import type { ReasonId } from './reasons.ts';
import type { Rollout } from './rollout.ts';
import type { Settings } from './settings.ts';
import type { ExportThreads } from './work/export-threads.ts';
import type { FileFormat } from './writers/format.ts';

/** Rollouts that all conditions keep, ascending, and how many rollouts each condition was the first to leave out. */
export interface Selection {
  readonly rows: Uint32Array;
  readonly filteredOut: readonly { readonly condition: string; readonly count: number }[];
}

/** A rule of `../validate`, as a reason to leave rollouts out. */
export interface ExportRule {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
  found(row: number): boolean;
}

/** What an export reads. The dataset must be as it will be written: rows that are read later are not in it. */
export interface ExportSource {
  readonly index: Pick<
    RowIndex,
    'rowCount' | 'version' | 'column' | 'columns' | 'hash' | 'place' | 'readLine' | 'readLines' | 'readLineSlice' | 'invalidRows'
  >;
  /** A column by its name, also what a name computes; undefined where there is none. Fails with bad-input where it computes with texts. */
  column(name: string): Column | undefined;
  /** In the order of `RowPlace.file`. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly fingerprint: string }[];
  select(filter: Filter): Selection;
  /** The task of each row: equal codes, same task; and what a task is called. */
  tasks(): { readonly taskOf: Uint32Array; label(task: number): string };
  /** Fails with bad-input, and the nearest right spelling, where there is no such rule. */
  rule(id: string): ExportRule;
  /** What planned inputs beside the files say of the tasks, where there are some: see `../neighbours`. */
  readonly planned?: PlannedTasks | undefined;
  /** Files that recipes name by their sha256. */
  readonly chat?: ChatPaths | undefined;
  /** To map and encode rows on; without them the calling thread does, in turns. */
  readonly threads?: ExportThreads;
  /** Of the program, for the manifest. */
  readonly version: string;
}

/** Which parts a written row has, as bits; the row with the highest value shows a loader the richest shape. */
export const Shape = { system: 1, reasoning: 2, toolOutputs: 4, tools: 8, calls: 16, parallelCalls: 32 } as const;

/** Further bits: what a trainer may do something to. They make no row richer. */
export const Trait = {
  /** A number with more than ten decimals. */
  longFraction: 64,
  /** An answer of several messages. */
  severalMessages: 128,
  /** What is said of the task is taken from the planned inputs. */
  planned: 256,
  /** Images, as files beside the data. */
  images: 512,
  /** A field that is a date as a text; a date in the arguments of messages that have the same keys. */
  dateText: 1024,
  dateArgument: 2048,
} as const;

/** The fields of a row to be written, as `writeJson` takes them. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a rollout becomes: fields of a row or of a part of it, or the bytes of a line that is passed on as it is. */
export interface Mapped {
  readonly content: Fields | Uint8Array;
  /** Bits of `Shape` and `Trait`. */
  readonly shape: number;
  /** What it was asked, and what it answered: only rollouts that were asked the same are put together. Where units need it. */
  readonly request?: unknown;
  readonly answer?: unknown;
}

/**
 * What a row is made of: one rollout; a better and a worse one that were asked the same; a rollout and whether it was good;
 * a task, of which the first rollout is written, and all that were asked the same are used.
 */
export type Unit = 'rollout' | 'pair' | 'label' | 'task';

/** A row to be written. */
export interface Example {
  /** Of a pair chosen and rejected; of a task the one that is written comes first. */
  readonly rows: readonly number[];
  /** Bits of `Shape` and `Trait`. */
  readonly shape: number;
  /** UTF-8 bytes of the JSON text of what the rollouts give to it. */
  readonly bytes: number;
  /** Of a label. */
  readonly good?: boolean;
  /** Of a pair: by how much the chosen one is better, in the reward as it is written. */
  readonly margin?: number;
  /** Where the target writes rewards: that of each of `rows`, scaled as the options say; NaN where it has none. */
  readonly rewards?: readonly number[];
}

/** A column of the written file; every row gets each of them. */
export interface OutputColumn {
  readonly name: string;
  /**
   * `json-list`: a list of JSON values, each its own text in Parquet. `json`: one JSON value. `messages`: chat messages whose
   * arguments are texts, as nested columns. Null where a row has none.
   */
  readonly kind: 'json-list' | 'json' | 'text' | 'boolean' | 'number' | 'messages';
}

/** Where an export was written, for configuration files: absolute paths. */
export interface WrittenFiles {
  readonly folder: string;
  readonly train: string;
  readonly validation?: string;
  readonly test?: string;
}

/** What the rows are like, for configuration files. */
export interface Facts {
  /** Bits of `Shape` that any row has. */
  readonly seen: number;
  /** Bytes of the longest row: no tokenizer makes more tokens of its texts. */
  readonly longest: number;
  readonly good: number;
  readonly bad: number;
  /** How the reward that is written was made, in a sentence; empty where none is. */
  readonly reward: string;
}

/** A warning of rows with a bit; `ofWholeFiles`: only where every row of a file has it. */
export interface RowWarning extends Omit<ExportWarning, 'count'> {
  readonly bit: number;
  readonly ofWholeFiles?: boolean;
}

/** One cell of the grid framework x method. All have this shape; a new one is a file in its framework's folder. */
export interface Target {
  readonly info: TargetInfo;
  unit(settings: Settings): Unit;
  /** Whether rows have a reward in them, made of the metric as the options of `reward.ts` say. */
  writesReward?(settings: Settings): boolean;
  /** The chosen lines are written as they are: `map` is not asked, and nothing is left out. */
  readonly passesLines?: boolean;
  /** What a rollout gives, or why it is left out. */
  map(rollout: Rollout, settings: Settings): Mapped | ReasonId;
  /** The row made of what its rollouts give; by default what the first one gives is the row. */
  join?(parts: readonly Fields[], example: Example, settings: Settings): Fields;
  /** Files beside the data that the row of a rollout names; asked for rows with `Trait.images` only. */
  media?(rollout: Rollout, settings: Settings): readonly MediaFile[];
  /** What the trainer learns from the row that these parts make, in a file of the shapes `seen`; without it nobody knows. */
  lesson?(parts: readonly Fields[], settings: Settings, seen: number): Lesson;
  format(settings: Settings): FileFormat;
  /** Columns of the file when rows of the shapes `seen` (bits) go into it; undefined: each row has its own fields. */
  columns(settings: Settings, seen: number): readonly OutputColumn[] | undefined;
  /** What the trainer does to rows that have one of the bits of `Shape` or `Trait`. */
  warnings?(settings: Settings): readonly RowWarning[];
  /** Text files beside the data, by name. */
  helpers(files: WrittenFiles, settings: Settings, facts: Facts): Readonly<Record<string, string>>;
  /** What the trainer would refuse in a row read back; undefined where it is fine. Without it any row will do. */
  readonly check?: (row: JsonObject, settings: Settings) => string | undefined;
}
