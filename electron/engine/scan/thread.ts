import { readSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { AppError, toAppError } from '#shared/errors.ts';
import { createScanner } from './create-scanner.ts';
import { FileShrank, type ReadAt } from './read-at.ts';
import { packSegment } from './pack-segment.ts';
import type { LineScanner } from './segment.ts';
import type { ScanReply, ScanRequest, ThreadData } from './thread-messages.ts';

/** Serves the scans of a pool: one at a time, to the end or until the pool says stop. */
export function serveScans(port: MessagePort, { stop, code }: ThreadData): void {
  const scanner = createScanner(code);
  port.on('message', (request: ScanRequest) => {
    const reply = answer(scanner, request, () => Atomics.load(stop, 0) !== 0);
    if (!('segment' in reply) || !reply.segment) port.postMessage(reply);
    else {
      const { segment, buffers } = packSegment(reply.segment);
      port.postMessage({ id: reply.id, segment }, transferable(buffers));
    }
  });
}

function answer(scanner: LineScanner, { id, fd, path, range }: ScanRequest, isStopped: () => boolean): ScanReply {
  const read: ReadAt = (into, at, length, position) => readSync(fd, into, at, length, position);
  try {
    const scan = scanner.scan(read, range);
    while (!isStopped()) {
      const step = scan.next();
      if (step.done) return { id, segment: step.value };
    }
    return { id, segment: undefined };
  } catch (error) {
    const { code, message } = scanError(path, error);
    return { id, error: { code, message } };
  }
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
