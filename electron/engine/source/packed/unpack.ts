import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { type FramePiece, NoFrame, ZstdFrames } from './zstd-frames.ts';

export type Packing = 'gzip' | 'zstd';

/** Why unpacking ended early; what came before it is good. */
export class BrokenArchive extends Error {
  constructor(
    readonly reason: 'cut' | 'damaged' | 'trailing-bytes',
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

/** How a file is packed, by its first bytes. */
export function packingOf(first: Uint8Array): Packing | undefined {
  if (first[0] === 0x1f && first[1] === 0x8b) return 'gzip';
  const isZstd = first[1] === 0xb5 && first[2] === 0x2f && first[3] === 0xfd && first[0] === 0x28;
  const isSkippable = first[1] === 0x2a && first[2] === 0x4d && first[3] === 0x18 && ((first[0] ?? 0) & 0xf0) === 0x50;
  return isZstd || isSkippable ? 'zstd' : undefined;
}

/** Pieces of at most this many bytes: what is lost of the piece in which an archive breaks. */
const pieceBytes = 256 << 10;

/**
 * The bytes that are packed in `chunks`, as they come: several members or frames one after the other, too. Nothing is read
 * ahead of what the caller takes. Fails with BrokenArchive.
 */
export function unpack(packing: Packing, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  if (packing === 'gzip') return gunzip(chunks);
  return 'createZstdDecompress' in zlib ? unzstd(chunks) : unzstdPlain(chunks);
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const decoder = new Decoder(zlib.createGunzip({ chunkSize: pieceBytes }));
  let given = 0;
  let unpacked = 0;
  try {
    for await (const chunk of chunks) {
      given += chunk.length;
      for await (const piece of decoder.push(chunk)) {
        unpacked += piece.length;
        yield piece;
      }
    }
    yield* decoder.end();
  } catch (error) {
    // A header that is none, behind whole members.
    const isBehind = messageOf(error) === 'incorrect header check' && unpacked > 0;
    throw isBehind ? new BrokenArchive('trailing-bytes', error) : brokenArchive(error);
  }
  // Zeros behind a member are padding, but zlib looks at nothing that follows them.
  if (given - decoder.taken > paddingBytes) throw new BrokenArchive('trailing-bytes');
}

/** Of a tape block. */
const paddingBytes = 10 << 10;

/** With zlib's own decoder, one for each frame: a decoder that goes on to the next one may lose it. */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const frames = new ZstdFrames();
  let decoder: Decoder | undefined;
  try {
    for await (const chunk of chunks) {
      let gathered: Uint8Array[] = [];
      for (const { bytes, isEnd } of walk(frames, chunk)) {
        gathered.push(bytes);
        if (!isEnd) continue;
        decoder ??= new Decoder(zlib.createZstdDecompress({ chunkSize: pieceBytes }));
        yield* decoder.push(Buffer.concat(gathered));
        yield* decoder.end();
        decoder = undefined;
        gathered = [];
      }
      if (gathered.length === 0) continue;
      decoder ??= new Decoder(zlib.createZstdDecompress({ chunkSize: pieceBytes }));
      yield* decoder.push(Buffer.concat(gathered));
    }
  } catch (error) {
    throw brokenArchive(error);
  }
  if (!frames.isBetweenFrames) throw new BrokenArchive('cut');
}

/** The same in plain JavaScript, a block at a time, so that no input makes it hold more than a block. Leaves checksums aside. */
export async function* unzstdPlain(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const frames = new ZstdFrames();
  let out: Uint8Array[] = [];
  const decoder = new Decompress((piece) => {
    if (piece.length > 0) out.push(piece.slice());
  });
  for await (const chunk of chunks) {
    for (const { bytes } of walk(frames, chunk)) {
      try {
        decoder.push(bytes);
      } catch (error) {
        throw new BrokenArchive('damaged', error);
      }
      yield* out;
      out = [];
    }
  }
  if (!frames.isBetweenFrames) throw new BrokenArchive('cut');
}

function* walk(frames: ZstdFrames, chunk: Uint8Array): Generator<FramePiece, void> {
  try {
    yield* frames.push(chunk);
  } catch (error) {
    throw error instanceof NoFrame ? new BrokenArchive('trailing-bytes', error) : error;
  }
}

/** A decoder of zlib that is given more only when all that it made of the last was taken. */
class Decoder {
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(private readonly stream: Transform & { readonly bytesWritten: number }) {
    // A stream may fail after it has ended, so someone must always listen.
    stream.on('error', (error: Error) => {
      this.failure = error;
      this.wake();
    });
    stream.on('readable', () => this.wake());
  }

  /** Bytes that were unpacked. */
  get taken(): number {
    return this.stream.bytesWritten;
  }

  async *push(chunk: Uint8Array): AsyncGenerator<Uint8Array, void> {
    let isTaken = false;
    this.stream.write(chunk, () => {
      isTaken = true;
      this.wake();
    });
    yield* this.output(() => isTaken);
  }

  async *end(): AsyncGenerator<Uint8Array, void> {
    let isEnded = this.stream.readableEnded;
    this.stream.once('end', () => {
      isEnded = true;
      this.wake();
    });
    this.stream.end();
    yield* this.output(() => isEnded);
  }

  private async *output(isOver: () => boolean): AsyncGenerator<Uint8Array, void> {
    while (true) {
      const piece: unknown = this.stream.read();
      if (piece instanceof Uint8Array) {
        yield piece;
        continue;
      }
      if (this.failure) throw this.failure;
      if (isOver()) return;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

/** What zlib says, as an archive that is broken; other failures as they are. */
function brokenArchive(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || !/^Z(STD)?_/.test(code)) return error;
  return new BrokenArchive(code === 'Z_BUF_ERROR' ? 'cut' : 'damaged', error);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
