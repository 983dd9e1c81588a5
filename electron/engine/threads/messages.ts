import type { ErrorCode } from '#shared/errors.ts';

/** Between a pool and its threads: our own two ends of one build, so nothing is parsed. */

export type WorkName = 'scan' | 'lines' | 'export';

/** What a thread is started with: which work it does. */
export interface ThreadData<Name extends WorkName = WorkName, Code extends object | null = object | null> {
  readonly work: Name;
  /** What the work is made with: compiled code that threads may share. */
  readonly code: Code;
}

export interface Asked<Q> {
  readonly id: number;
  readonly request: Q;
  /** Of the job: entry 0 becomes 1 when it shall end. */
  readonly stop: Int32Array;
}

/** Without an answer the work was stopped. */
export type Answered<A> =
  | { readonly id: number; readonly answer: A | undefined }
  | { readonly id: number; readonly error: { readonly code: ErrorCode; readonly message: string } };
