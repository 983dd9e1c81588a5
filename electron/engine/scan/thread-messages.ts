import type { ErrorCode } from '#shared/errors.ts';
import type { Segment, SegmentRange } from './segment.ts';

/** Between the pool and its threads: our own two ends of one build, so nothing is parsed. */

/** To a thread. Descriptors are shared by all threads of a process; `path` is for messages. */
export interface ScanRequest {
  readonly id: number;
  readonly fd: number;
  readonly path: string;
  readonly range: SegmentRange;
}

/** What a thread is started with. */
export interface ThreadData {
  /** Entry 0 becomes 1 when scans shall stop. */
  readonly stop: Int32Array;
  /** See createScanner. */
  readonly code: object | null;
}

/** From a thread; without a segment the scan was stopped. */
export type ScanReply =
  | { readonly id: number; readonly segment: Segment | undefined }
  | { readonly id: number; readonly error: { readonly code: ErrorCode; readonly message: string } };
