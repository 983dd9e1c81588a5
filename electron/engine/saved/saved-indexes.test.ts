import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { Checksum } from './checksum.ts';
import { savedIndexesIn, type SavedIndexes, type Stored, type StoredFields } from './index.ts';

const root = mkdtempSync(path.join(tmpdir(), 'rollscope-saved-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
const newFolder = (): string => path.join(root, `folder${made++}`);
const never = new AbortController().signal;

function frame(n: number): Stored {
  return {
    frame: 'rows',
    n,
    text: `\ud800 é "${n}" \u2028`,
    inner: [{ bytes: Uint8Array.from({ length: n * 7 }, (_, i) => i) }, { floats: Float64Array.of(n, -0, Infinity, 2 ** 53) }],
    words: new Uint32Array(new ArrayBuffer(64), 4, 3).fill(0xffff_fffe),
    none: null,
    yes: true,
  };
}

function unpack(fields: StoredFields): unknown {
  const [first, second] = fields.list('inner');
  return {
    n: fields.count('n'),
    text: fields.text('text'),
    bytes: [...(first?.bytes('bytes') ?? [])],
    floats: [...(second?.floats('floats') ?? [])],
    words: [...fields.words('words', 3)],
    none: fields.isNull('none'),
    yes: fields.flag('yes'),
  };
}

const expected = (n: number): unknown => ({
  n,
  text: `\ud800 é "${n}" \u2028`,
  bytes: Array.from({ length: n * 7 }, (_, i) => i & 255),
  floats: [n, -0, Infinity, 2 ** 53],
  words: [0xffff_fffe, 0xffff_fffe, 0xffff_fffe],
  none: true,
  yes: true,
});

async function readAll(saved: SavedIndexes, key: string): Promise<{ frames: unknown[]; isWhole: boolean }> {
  const frames = saved.read(key);
  const read: unknown[] = [];
  for await (const fields of frames) read.push(unpack(fields));
  return { frames: read, isWhole: frames.isWhole };
}

function onlyFile(folder: string): string {
  const [name = '', ...more] = readdirSync(folder);
  expect(more).toEqual([]);
  return path.join(folder, name);
}

/** XXH32 as its specification words it, over bytes, in big integers. */
function slowChecksum(bytes: Uint8Array): number {
  const [p1, p2, p3] = [0x9e3779b1n, 0x85ebca77n, 0xc2b2ae3dn];
  const u32 = (value: bigint): bigint => BigInt.asUintN(32, value);
  const rotate = (value: bigint, by: bigint): bigint => u32((value << by) | (value >> (32n - by)));
  const sums = [p1 + p2, p2, 0n, -p1].map(u32);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < bytes.length; i += 4) {
    const lane = (i / 4) % 4;
    sums[lane] = u32(rotate(u32((sums[lane] ?? 0n) + BigInt(view.getUint32(i, true)) * p2), 13n) * p1);
  }
  const [a = 0n, b = 0n, c = 0n, d = 0n] = sums;
  let sum = u32(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n) + BigInt(bytes.length));
  sum = u32((sum ^ (sum >> 15n)) * p2);
  sum = u32((sum ^ (sum >> 13n)) * p3);
  return Number(sum ^ (sum >> 16n));
}

test('the checksum is XXH32', () => {
  const bytes = Uint8Array.from({ length: 160 }, (_, i) => (i * 167) ^ (i >> 3));
  const checksum = new Checksum();
  checksum.add(new Int32Array(bytes.buffer, 0, 12));
  checksum.add(new Int32Array(bytes.buffer, 48));
  expect(checksum.value()).toBe(slowChecksum(bytes));
});

test('frames come back as they were written, privately; a key that was never written has none', async () => {
  const folder = newFolder();
  const saved = savedIndexesIn(folder);
  expect(await readAll(saved, 'a')).toEqual({ frames: [], isWhole: false });
  expect(await saved.write('a', [frame(0), frame(1), frame(90)], never)).toBe(true);
  expect(await readAll(saved, 'a')).toEqual({ frames: [0, 1, 90].map(expected), isWhole: true });
  expect(await readAll(saved, 'b')).toEqual({ frames: [], isWhole: false });
  if (process.platform === 'win32') return;
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(onlyFile(folder)).mode & 0o777).toBe(0o600);
});

test('wherever a byte is changed or the file is cut, only the frames before it are read', async () => {
  const folder = newFolder();
  const saved = savedIndexesIn(folder);
  await saved.write('a', [frame(1), frame(2)], never);
  const file = onlyFile(folder);
  const whole = readFileSync(file);
  const good = JSON.stringify((await readAll(saved, 'a')).frames);
  for (let at = 0; at < whole.length; at++) {
    const broken = Buffer.from(whole);
    broken[at] = (broken[at] ?? 0) ^ (1 << (at % 8));
    writeFileSync(file, broken);
    const { frames, isWhole } = await readAll(saved, 'a');
    if (isWhole) throw new Error(`a change of byte ${at} was not seen`);
    expect(good.startsWith(JSON.stringify(frames).slice(0, -1))).toBe(true);
  }
  for (let length = 0; length < whole.length; length += 5) {
    writeFileSync(file, whole.subarray(0, length));
    expect((await readAll(saved, 'a')).isWhole).toBe(false);
  }
});

test('files of other keys, other formats, other byte orders and with absurd lengths are not read', async () => {
  const folder = newFolder();
  const saved = savedIndexesIn(folder);
  await saved.write('a', [frame(1)], never);
  const file = onlyFile(folder);
  const whole = readFileSync(file);
  const swapped = Buffer.from(whole).swap32();
  const huge = Buffer.from(whole);
  new Uint32Array(huge.buffer, huge.byteOffset, 4).set([0xffff_fff0, 0xffff_fff0], 1);
  const foreign = Buffer.from(whole);
  foreign[0] = 7;
  for (const bytes of [swapped, huge, foreign, Buffer.alloc(0), Buffer.alloc(5000), Buffer.from('{"a":1}\n'.repeat(99))]) {
    writeFileSync(file, bytes);
    expect(await readAll(saved, 'a')).toEqual({ frames: [], isWhole: false });
  }
  // A hole is as long as it says, but no frame is.
  writeFileSync(file, whole.subarray(0, 4));
  truncateSync(file, 2 ** 40);
  expect(await readAll(saved, 'a')).toEqual({ frames: [], isWhole: false });
  rmSync(file);
  mkdirSync(file);
  expect(await readAll(saved, 'a')).toEqual({ frames: [], isWhole: false });
  rmSync(file, { recursive: true });

  await saved.write('b', [frame(1)], never);
  renameSync(onlyFile(folder), file);
  expect(await readAll(saved, 'a')).toEqual({ frames: [], isWhole: false });
});

test('the entries used longest ago make room; one that has no room at all is not kept', async () => {
  const folder = newFolder();
  await savedIndexesIn(folder).write('a', [frame(1)], never);
  const first = onlyFile(folder);
  const { size } = statSync(first);
  const saved = savedIndexesIn(folder, { room: size * 3 });
  const age = (file: string, seconds: number): void => utimesSync(file, 1e9 - seconds, 1e9 - seconds);
  age(first, 10);
  await saved.write('b', [frame(1)], never);
  const second = path.join(folder, readdirSync(folder).find((name) => name !== path.basename(first)) ?? '');
  age(second, 20);
  await saved.write('c', [frame(1)], never);
  expect((await readAll(saved, 'b')).isWhole).toBe(true);
  await saved.write('d', [frame(1)], never);
  const kept = await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => (await readAll(saved, key)).isWhole));
  expect(kept).toEqual([false, true, true, true]);
  expect(await saved.write('e', [frame(size)], never)).toBe(false);
  expect(readdirSync(folder)).toHaveLength(3);
});

test('one writes an entry at a time; what crashed writers left behind goes', async () => {
  const folder = newFolder();
  const saved = savedIndexesIn(folder);
  const both = await Promise.all([
    saved.write('a', [frame(1), frame(9)], never),
    savedIndexesIn(folder).write('a', [frame(1), frame(9)], never),
  ]);
  expect(both.filter(Boolean)).toEqual([true]);
  expect((await readAll(saved, 'a')).isWhole).toBe(true);

  const file = onlyFile(folder);
  writeFileSync(`${file}.partial`, 'x');
  writeFileSync(path.join(folder, 'other.index.partial'), 'x');
  expect(await saved.write('a', [frame(2)], never)).toBe(false);
  for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), 1e9, 1e9);
  expect(await saved.write('a', [frame(2)], never)).toBe(true);
  expect((await readAll(saved, 'a')).frames).toEqual([expected(2)]);
  expect(readdirSync(folder)).toEqual([path.basename(file)]);
});

test('stopping leaves nothing behind; neither does a writer that fails', async () => {
  const folder = newFolder();
  const saved = savedIndexesIn(folder);
  const stopping = new AbortController();
  function* endless(): Generator<Stored> {
    for (let n = 0; ; n++) {
      if (n === 5) stopping.abort();
      yield frame(n);
    }
  }
  expect(await saved.write('a', endless(), stopping.signal)).toBe(false);
  function* failing(): Generator<Stored> {
    yield frame(1);
    throw new Error('no');
  }
  expect(await saved.write('a', failing(), never)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

test('a disk that is full is no failure, and nothing half-written stays', async () => {
  const folder = newFolder();
  const probe = await open(path.join(root, 'probe'), 'w');
  const prototype: { write(this: FileHandle, bytes: Uint8Array): Promise<object> } = Object.getPrototypeOf(probe);
  let room = 1000;
  const writing = vi.spyOn(prototype, 'write').mockImplementation(async function (this: FileHandle, bytes) {
    if (room === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const part = bytes.subarray(0, room); // as much as there is room for, as a disk does
    room -= part.length;
    return { bytesWritten: part.length, buffer: part };
  });
  const saved = savedIndexesIn(folder);
  const frames = Array.from({ length: 100 }, (_, n) => frame(n));
  expect(await saved.write('a', frames, never)).toBe(false);
  expect(room).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
  writing.mockRestore();
  expect(await saved.write('a', frames, never)).toBe(true);
  expect((await readAll(saved, 'a')).isWhole).toBe(true);
  await probe.close();
});

test('a folder that cannot be is no failure', async () => {
  const blocked = path.join(root, 'blocked');
  writeFileSync(blocked, '');
  const saved = savedIndexesIn(path.join(blocked, 'folder'));
  expect(await saved.write('a', [frame(1)], never)).toBe(false);
  expect(await readAll(saved, 'a')).toEqual({ frames: [], isWhole: false });
});
