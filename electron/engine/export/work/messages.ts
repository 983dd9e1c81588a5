import type { Example, OutputColumn } from '../types.ts';
import type { RowFacts } from '../map-row.ts';
import type { ReasonId } from '../reasons.ts';
import type { Settings } from '../settings.ts';
import type { SentSpool } from '../spool.ts';
import type { CounterFiles } from '../token-counter.ts';
import type { EncodedBlock } from '../writers/format.ts';
import type { SentFile } from './sent-files.ts';

/** One piece of the work on rows of a dataset, which any thread can do by itself. */
export type Ask =
  /** Maps rows for the plan, and spools their texts. */
  | { readonly kind: 'facts'; readonly spool: SentSpool | undefined }
  /** Makes a block of a file. */
  | { readonly kind: 'block'; readonly examples: readonly Example[]; readonly columns: readonly OutputColumn[] | undefined };

export type Answer =
  | {
      readonly kind: 'facts';
      readonly facts: readonly (RowFacts | ReasonId)[];
      /** Where JSON of those that have facts was spooled, as lines: each of `bytes` bytes, `noteBytes` of a note and a newline. */
      readonly spooledAt?: number | undefined;
    }
  /** Undefined where the file is no longer what was planned. */
  | { readonly kind: 'block'; readonly block: EncodedBlock | undefined };

/** Which target, with which settings. */
export interface Task {
  readonly target: string;
  readonly values: Settings['values'];
  readonly off: readonly string[];
  /** What counts tokens, where something does. */
  readonly counter: CounterFiles | undefined;
}

/** Lines of rows, or their spooled texts, by descriptor: those are shared by all threads of a process. */
export interface SentLines {
  readonly rows: Uint32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Numbers of the lines in their files, from 1. */
  readonly numbers: Uint32Array;
  /** Which of `files` each lies in. */
  readonly file: Uint16Array;
  readonly files: readonly SentFile[];
}

/** What the dataset knows of rows beside their lines, as far as it was asked for. */
export interface SentFacts {
  /** JSON texts of cells by column, one for each row; undefined where it has none. */
  readonly cells: Readonly<Record<string, readonly (string | undefined)[]>>;
  readonly outputFields: readonly string[] | undefined;
  /** JSON texts of planned inputs, one for each row; undefined where there is none, null where it is nested too deep. */
  readonly planned: readonly (string | undefined | null)[] | undefined;
}

/** What has to be sent as well. */
export type Needed = { readonly cell: string } | 'output-fields' | 'planned';

export type WorkRequest =
  | {
      readonly kind: 'rows';
      /** Requests of one job have the same task. */
      readonly job: number;
      readonly task: Task;
      readonly lines: SentLines;
      /** The lines are what planning has mapped already. */
      readonly isSpooled: boolean;
      readonly facts: SentFacts;
      readonly ask: Ask;
      /** Memory for the answer. */
      readonly into?: ArrayBuffer | undefined;
    }
  | CopyRequest;

/** Lines, or parts of one, that go into another file as they are. */
export interface CopyRequest {
  readonly kind: 'copy';
  readonly from: readonly (SentFile & { readonly start: number; readonly end: number })[];
  /** Whether a newline follows each part. */
  readonly newlines: boolean;
  /** Memory for all of it, which the answer gives back. */
  readonly into: ArrayBuffer;
  /** `folder` is for messages. */
  readonly to: { readonly fd: number; readonly at: number; readonly folder: string };
}

export type WorkAnswer =
  | Answer
  | { readonly kind: 'needs'; readonly needed: Needed }
  | { readonly kind: 'copied'; readonly bytes: Uint8Array };
