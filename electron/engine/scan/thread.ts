import { readSync } from 'node:fs';
import { AppError, toAppError } from '#shared/errors.ts';
import type { Work } from '../threads/serve-thread.ts';
import { createScanner } from './create-scanner.ts';
import type { ScanWhat } from './fields.ts';
import type { KernelCode } from './kernel.ts';
import { packSegment } from './pack-segment.ts';
import { FileShrank, type ReadAt } from './read-at.ts';
import type { LineScanner, Segment, SegmentRange } from './segment.ts';

/** To a thread. Descriptors are shared by all threads of a process; `path` is for messages. */
export interface ScanRequest {
  readonly fd: number;
  readonly path: string;
  readonly range: SegmentRange;
  readonly what: ScanWhat;
}

/** The scans of a thread: one scanner does all of a kind. `code`: see createScanner. */
export function scanWork(code: KernelCode | null): Work<ScanRequest, Segment> {
  const scanners = new Map<ScanWhat, LineScanner>();
  return ({ fd, path, range, what }, isStopped) => {
    const scanner = scanners.get(what) ?? createScanner(what, code);
    scanners.set(what, scanner);
    const read: ReadAt = (into, at, length, position) => readSync(fd, into, at, length, position);
    try {
      const scan = scanner.scan(read, range);
      while (!isStopped()) {
        const step = scan.next();
        if (!step.done) continue;
        const { segment, buffers } = packSegment(step.value);
        return { answer: segment, transfer: transferable(buffers) };
      }
      return { answer: undefined };
    } catch (error) {
      throw scanError(path, error);
    }
  };
}

/** What went wrong while a file was scanned, in words. */
export function scanError(path: string, error: unknown): AppError {
  if (error instanceof FileShrank) {
    return new AppError('changed', `${path} became shorter while it was read. Open it again when nothing writes to it.`, { cause: error });
  }
  if (error instanceof Error && 'syscall' in error && 'code' in error) {
    return new AppError(
      'unreadable',
      `${path} cannot be read to its end (${String(error.code)}). Check the disk or the connection, then open it again.`,
      {
        cause: error,
      },
    );
  }
  return toAppError(error);
}

function transferable(buffers: readonly ArrayBufferLike[]): ArrayBuffer[] {
  return buffers.filter((buffer) => buffer instanceof ArrayBuffer);
}
