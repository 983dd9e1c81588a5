import { Buffer } from 'node:buffer';
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BrokenArchive, packingOf, unpack, unzstd, unzstdPlain } from './unpack.ts';

const data = Buffer.from(Array.from({ length: 60_000 }, (_, i) => `{"a":${i % 977},"b":"${(i * 7919) % 4211}"}\n`).join(''));
const gz = zlib.gzipSync(data);
const zst = zlib.zstdCompressSync(data, { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } });
const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

interface Unpacked {
  readonly bytes: Buffer;
  readonly broken?: string;
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Unpacked> {
  const got: Uint8Array[] = [];
  try {
    for await (const piece of pieces) got.push(piece);
  } catch (error) {
    if (!(error instanceof BrokenArchive)) throw error;
    return { bytes: Buffer.concat(got), broken: error.reason };
  }
  return { bytes: Buffer.concat(got) };
}

const ways = {
  gzip: { packed: gz, open: (chunks: AsyncIterable<Uint8Array>) => unpack('gzip', chunks) },
  'zstd of zlib': { packed: zst, open: unzstd },
  'zstd in plain JavaScript': { packed: zst, open: unzstdPlain },
};

describe.each(Object.entries(ways))('%s', (_, { packed, open }) => {
  const isZstd = packed === zst;

  test.each([1 << 20, 1000, 61])('one after the other, in pieces of %s bytes', async (length) => {
    const two = isZstd ? [skippable, packed, skippable, packed, skippable] : [packed, zlib.gzipSync(''), packed];
    const { bytes, broken } = await collect(open(inPieces(Buffer.concat(two), length)));
    expect(broken).toBeUndefined();
    expect(bytes.equals(Buffer.concat([data, data]))).toBe(true);
  });

  test('cut anywhere: what came before, and that it is cut', async () => {
    const two = Buffer.concat([packed, packed]);
    for (const length of [3, packed.length >> 1, packed.length - 1, packed.length + 2, packed.length + 300, two.length - 5]) {
      const { bytes, broken } = await collect(open(inPieces(two.subarray(0, length), 1000)));
      expect(broken).toBe('cut');
      expect(bytes.equals(Buffer.concat([data, data]).subarray(0, bytes.length))).toBe(true);
      if (length > packed.length) expect(bytes.length).toBeGreaterThan(data.length * 0.8);
    }
  });

  test('bytes behind the end are said', async () => {
    for (const length of [1 << 20, 100]) {
      const { bytes, broken } = await collect(open(inPieces(Buffer.concat([packed, Buffer.from('something else')]), length)));
      expect(broken).toBe('trailing-bytes');
      expect(bytes.equals(data.subarray(0, bytes.length))).toBe(true);
    }
  });
});

// The plain decoder leaves checksums aside: it notices what is no zstd, not every changed letter.
test.each([ways.gzip, ways['zstd of zlib']])('damage is said where there are checksums', async ({ packed, open }) => {
  const damaged = Buffer.from(packed);
  for (let at = packed.length >> 1; at < (packed.length >> 1) + 200; at++) damaged[at] = 255 - (damaged[at] ?? 0);
  expect((await collect(open(inPieces(damaged, 1000)))).broken).toMatch(/damaged|trailing-bytes|cut/);
});

test('padding behind a gzip member is no data, but a member behind padding is not passed over in silence', async () => {
  const padded = Buffer.concat([gz, Buffer.alloc(512)]);
  expect((await collect(unpack('gzip', inPieces(padded, 1000)))).broken).toBeUndefined();
  expect((await collect(unpack('gzip', inPieces(Buffer.concat([padded, gz]), 1000)))).broken).toBe('trailing-bytes');
});

test('a block that unpacks to thousands of times its size is unpacked piece by piece', async () => {
  const bomb = zlib.zstdCompressSync(Buffer.alloc(64 << 20));
  for (const open of [unzstd, unzstdPlain]) {
    let most = 0;
    let total = 0;
    for await (const piece of open(inPieces(bomb, 1 << 20))) {
      most = Math.max(most, piece.length);
      total += piece.length;
    }
    expect(total).toBe(64 << 20);
    expect(most).toBeLessThanOrEqual(256 << 10);
  }
});

test('packing is told by the first bytes', () => {
  expect([gz, zst, skippable, data, Buffer.alloc(0)].map((bytes) => packingOf(bytes))).toEqual([
    'gzip',
    'zstd',
    'zstd',
    undefined,
    undefined,
  ]);
});
