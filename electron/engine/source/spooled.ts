import { closeSync, fstatSync, read as readFrom, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { AppError } from '#shared/errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import { checkFirstLook } from './first-look.ts';
import { Incoming } from './incoming.ts';
import { readError } from './open-error.ts';
import { Spool, type SpoolOptions } from './packed/spool.ts';
import { BrokenArchive, packingOf, unpack } from './packed/unpack.ts';
import { openSourceFile, openToRead, type Source } from './source.ts';

const readChunk = promisify(readFrom);
const chunkBytes = 256 << 10;
/** So much is looked at before anything else is done with a source. */
const lookBytes = 64 << 10;

export interface OpenSourceOptions extends SpoolOptions {
  /** What the path `-` stands for. */
  readonly input?: Readable | undefined;
}

/**
 * Opens a file, packed or not, or standard input. Packed and piped bytes are spooled once someone wants them (`incoming`):
 * rows must be readable at any place. Fails with not-found, unreadable, not-rollouts or unwritable.
 */
export function openSource(file: string, options: OpenSourceOptions = {}): Source {
  if (file === '-' && options.input) return openPipe(options.input, options);
  const fd = openToRead(file);
  const head = new Uint8Array(4);
  try {
    readSync(fd, head, 0, head.length, 0);
  } catch (error) {
    closeSync(fd);
    throw readError(file, error);
  }
  if (packingOf(head)) return openPacked(file, fd, options);
  closeSync(fd);
  return openSourceFile(file);
}

/** Opens all files or none. */
export async function openSources(files: readonly string[], options: OpenSourceOptions): Promise<Source[]> {
  const opened: Source[] = [];
  try {
    for (const file of files) opened.push(openSource(file, options));
    if (opened[0]) await awaitFirstBytes(opened[0]);
    return opened;
  } catch (error) {
    for (const source of opened) source.close();
    throw error;
  }
}

/** Waits for the first bytes of a source, and looks at them as at those of a file. */
async function awaitFirstBytes(source: Source): Promise<void> {
  const { incoming } = source;
  incoming?.start();
  while (incoming && source.size < lookBytes && !incoming.isOver) await incoming.more();
  checkIncoming(source);
}

/** Looks at the bytes that have come, when they are enough to tell what they are. */
export function checkIncoming(source: Source): void {
  if (!source.incoming) return;
  if (source.size === 0 && source.incoming.failure) throw source.incoming.failure;
  if (source.size === 0 && source.path === '-') {
    throw new AppError('not-rollouts', 'Standard input is empty: the command before the pipe may have failed.');
  }
  checkFirstLook(shownName(source.path), source.size, (...into) => source.read(...into));
}

function openPacked(file: string, fd: number, options: OpenSourceOptions): Source {
  const stat = fstatSync(fd);
  let isOpen = true;
  let taken = 0;
  async function* chunks(): AsyncGenerator<Uint8Array, void> {
    while (isOpen) {
      const { bytesRead, buffer } = await readChunk(fd, Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, taken).catch((error: unknown) => {
        throw readError(file, error);
      });
      if (bytesRead === 0) return;
      taken += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }
  const fingerprint = fingerprintOf(stat.size, (into, at, length, position) => readSync(fd, into, at, length, position));
  return spooled(chunks(), options, {
    path: file,
    bytes: () => stat.size,
    taken: () => taken,
    times: stat,
    fingerprint: () => fingerprint,
    isCurrent() {
      const now = statSync(file, { throwIfNoEntry: false });
      return now?.dev === stat.dev && now.ino === stat.ino && now.size === stat.size && now.mtimeMs === stat.mtimeMs;
    },
    close() {
      isOpen = false;
      closeSync(fd);
    },
  });
}

function openPipe(input: Readable, options: OpenSourceOptions): Source {
  const now = Date.now();
  let fingerprint = '';
  const source = spooled(bytesOf(input), options, {
    path: '-',
    bytes: () => source.size,
    taken: () => source.size,
    times: { mtimeMs: now, ctimeMs: now },
    fingerprint() {
      if (fingerprint === '' && source.incoming?.isOver === true)
        fingerprint = fingerprintOf(source.size, (...into) => source.read(...into));
      return fingerprint;
    },
    isCurrent: () => true,
    close: () => void input.destroy(),
  });
  return source;
}

async function* bytesOf(input: Readable): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of input) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    throw readError('Standard input', error);
  }
}

function shownName(file: string): string {
  return file === '-' ? 'Standard input' : file;
}

interface Origin {
  readonly path: string;
  bytes(): number;
  /** Of `bytes`, those that were taken out. */
  taken(): number;
  readonly times: { readonly mtimeMs: number; readonly ctimeMs: number };
  fingerprint(): string;
  isCurrent(): boolean;
  close(): void;
}

function spooled(chunks: AsyncIterable<Uint8Array>, options: OpenSourceOptions, origin: Origin): Source {
  const shown = shownName(origin.path);
  const spool = Spool.create(shown, options);
  let isOpen = true;
  const incoming = new Incoming(async () => {
    for await (const piece of unpacked(shown, chunks)) {
      if (!isOpen) return;
      await spool.append(piece);
      incoming.came();
    }
  });
  return {
    path: origin.path,
    name: path.basename(origin.path),
    fd: spool.fd,
    get size() {
      return spool.size;
    },
    get bytes() {
      return origin.bytes();
    },
    incoming,
    mtimeMs: origin.times.mtimeMs,
    ctimeMs: origin.times.ctimeMs,
    get fingerprint() {
      return origin.fingerprint();
    },
    read(into, at, length, position) {
      try {
        return spool.read(into, at, length, position);
      } catch (error) {
        throw readError(shown, error);
      }
    },
    // The spool is ours alone.
    verify() {
      if (!isOpen) throw new AppError('closed', `${shown} is closed.`);
    },
    isCurrent: origin.isCurrent,
    bytesReadAt: (position) => (spool.size === 0 ? 0 : Math.round((origin.taken() * position) / spool.size)),
    take() {
      throw new Error(`${shown} is not followed`);
    },
    look: () => ({ size: spool.size, mtimeMs: origin.times.mtimeMs, path: 'same' }),
    close() {
      if (!isOpen) return;
      isOpen = false;
      spool.close();
      origin.close();
    },
  };
}

async function* unpacked(shown: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  async function* all(): AsyncGenerator<Uint8Array, void> {
    yield first.value;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  }
  const packing = packingOf(first.value);
  let bytes = 0;
  try {
    for await (const piece of packing ? unpack(packing, all()) : all()) {
      bytes += piece.length;
      yield piece;
    }
  } catch (error) {
    throw error instanceof BrokenArchive ? broken(shown, error, bytes) : error;
  }
}

function broken(shown: string, { reason, cause }: BrokenArchive, bytes: number): AppError {
  const good = bytes === 0 ? 'Nothing of it could be unpacked' : `The ${bytes} bytes before that were unpacked`;
  const texts = {
    cut: `${shown} is cut: the archive ends before its data does. ${good}. Copy it again from where it came from.`,
    damaged: `${shown} is damaged: its data cannot be unpacked (${cause instanceof Error ? cause.message : 'unknown'}). ${good}. Copy it again from where it came from.`,
    'trailing-bytes': `${shown} goes on with bytes that are no packed data. ${good}. If these are rollouts too, take them out into a file of their own.`,
  };
  return new AppError('unreadable', texts[reason], { cause });
}
