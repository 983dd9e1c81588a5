import { Buffer } from 'node:buffer';
import { Checksum, checksumStep } from './checksum.ts';
import { BrokenSave, type Stored, type StoredArray } from './stored.ts';

/**
 * A frame is one saved value: a head of four words in the writer's byte order, its JSON, then the typed arrays that the JSON names
 * by type, length and offset. Each of these begins at a multiple of 16 bytes; the checksum is of all that follows the head.
 */
export const headBytes = 16;
/** "RSI" and the version of the format; read by a machine of the other byte order it is no version at all. */
const magic = 0x52534901;
/** Larger frames are not written: a segment of a file is at most 64 MB. */
export const mostFrameBytes = 1 << 29;
/** Between two yields. */
const stepBytes = 1 << 20;

const arrayKey = '$array';
type ArrayType = 'u8' | 'u32' | 'f64';

/** What a head says of the bytes behind it. */
export interface FrameHead {
  readonly jsonBytes: number;
  readonly bodyBytes: number;
  readonly checksum: number;
}

/**
 * The bytes of a frame, in pieces of which the large ones are views of the given arrays: write them before those change. Yields
 * every so often. Undefined where the value is too large for one.
 */
export function* encodeFrame(value: Stored): Generator<void, Uint8Array[] | undefined> {
  const arrays: StoredArray[] = [];
  let offset = 0;
  const json = JSON.stringify(value, (_, entry: unknown) => {
    if (!isStoredArray(entry)) return entry;
    arrays.push(entry);
    const reference = { [arrayKey]: [typeOf(entry), entry.length, offset] };
    offset += padded(entry.byteLength);
    return reference;
  });
  const jsonBytes = Buffer.byteLength(json);
  const bodyBytes = padded(jsonBytes) + offset;
  if (bodyBytes > mostFrameBytes) return undefined;
  const text = new Uint8Array(padded(jsonBytes));
  Buffer.from(text.buffer).write(json);

  const pieces: Uint8Array[] = [text];
  const checksum = new Checksum();
  yield* sum(checksum, text);
  for (const array of arrays) {
    for (const piece of piecesOf(array)) {
      yield* sum(checksum, piece);
      pieces.push(piece);
    }
  }
  const head = Uint32Array.of(magic, jsonBytes, bodyBytes, checksum.value());
  return [new Uint8Array(head.buffer), ...pieces];
}

/** Fails with BrokenSave on what is no head of ours, or of a frame larger than `mostBytes`. */
export function readHead(bytes: Uint8Array, mostBytes: number): FrameHead {
  const [mark, jsonBytes = 0, bodyBytes = 0, checksum = 0] = new Uint32Array(bytes.slice(0, headBytes).buffer);
  if (mark !== magic) throw new BrokenSave('another format');
  if (padded(jsonBytes) > bodyBytes || padded(bodyBytes) !== bodyBytes || bodyBytes > Math.min(mostBytes, mostFrameBytes)) {
    throw new BrokenSave('lengths');
  }
  return { jsonBytes, bodyBytes, checksum };
}

/** The value in the body of a frame; its arrays are views of `body`. Yields every so often. Fails with BrokenSave. */
export function* decodeFrame({ jsonBytes, checksum: expected }: FrameHead, body: Uint8Array): Generator<void, unknown> {
  const checksum = new Checksum();
  yield* sum(checksum, body);
  if (checksum.value() !== expected) throw new BrokenSave('checksum');
  const arrays = body.subarray(padded(jsonBytes));
  const json = new TextDecoder().decode(body.subarray(0, jsonBytes));
  try {
    return JSON.parse(json, (_, entry: unknown) =>
      typeof entry === 'object' && entry !== null && Object.hasOwn(entry, arrayKey) ? arrayAt(arrays, Reflect.get(entry, arrayKey)) : entry,
    );
  } catch (error) {
    throw error instanceof BrokenSave ? error : new BrokenSave('no JSON');
  }
}

function arrayAt(bytes: Uint8Array, reference: unknown): StoredArray {
  const [type, length, offset]: unknown[] = Array.isArray(reference) ? reference : [];
  if (!isCount(length) || !isCount(offset) || offset % checksumStep !== 0) throw new BrokenSave('array');
  const { buffer } = bytes;
  const at = bytes.byteOffset + offset;
  const bytesEach = type === 'u8' ? 1 : type === 'u32' ? 4 : 8;
  if (offset + length * bytesEach > bytes.length) throw new BrokenSave('array');
  switch (type) {
    case 'u8':
      return new Uint8Array(buffer, at, length);
    case 'u32':
      return new Uint32Array(buffer, at, length);
    case 'f64':
      return new Float64Array(buffer, at, length);
    default:
      throw new BrokenSave('array');
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isStoredArray(value: unknown): value is StoredArray {
  return value instanceof Uint8Array || value instanceof Uint32Array || value instanceof Float64Array;
}

function typeOf(array: StoredArray): ArrayType {
  if (array instanceof Uint8Array) return 'u8';
  return array instanceof Uint32Array ? 'u32' : 'f64';
}

/** The bytes of an array, and zeros up to a whole step. */
function piecesOf(array: StoredArray): Uint8Array[] {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const whole = bytes.length - (bytes.length % checksumStep);
  const pieces = whole > 0 ? [bytes.subarray(0, whole)] : [];
  if (whole === bytes.length) return pieces;
  const rest = new Uint8Array(checksumStep);
  rest.set(bytes.subarray(whole));
  return [...pieces, rest];
}

function* sum(checksum: Checksum, bytes: Uint8Array): Generator<void, void> {
  for (let at = 0; at < bytes.length; at += stepBytes) {
    const part = bytes.subarray(at, at + stepBytes);
    const aligned = part.byteOffset % 4 === 0 ? part : part.slice();
    checksum.add(new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4));
    yield;
  }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / checksumStep) * checksumStep;
}
