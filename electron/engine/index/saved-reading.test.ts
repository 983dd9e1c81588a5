import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { savedIndexesIn } from '../saved/index.ts';
import { openSource, type Source } from '../source/index.ts';
import { readDataset, type ReadingDataset } from './read-dataset.ts';
import { everything, everythingHash } from './testing/everything.ts';

const root = mkdtempSync(path.join(tmpdir(), 'rollscope-saved-reading-'));
const opened: Source[] = [];
let folders = 0;

afterAll(() => {
  for (const source of opened) source.close();
  rmSync(root, { recursive: true, force: true });
});

const newFolder = (): string => path.join(root, `saved${folders++}`);

function write(name: string, content: string | Buffer): string {
  const file = path.join(root, name);
  writeFileSync(file, content);
  return file;
}

/** Reads files to their end; with a folder, from what is saved there, and saves there. `anew` counts the bytes that were read of them. */
async function read(files: readonly string[], folder?: string, restMs = -1e9): Promise<{ reading: ReadingDataset; anew: number }> {
  let anew = 0;
  const sources = files.map((file) => {
    const source = openSource(file);
    opened.push(source);
    const counting: Source['read'] = (...place) => {
      const got = source.read(...place);
      anew += got;
      return got;
    };
    return { ...source, read: counting };
  });
  const saving = folder === undefined ? undefined : { indexes: savedIndexesIn(folder), worthBytes: 0, restMs };
  const reading = readDataset(sources, { saving });
  expect(await reading.done).toBe('complete');
  const result = { reading, anew };
  await reading.save();
  return result;
}

/** What reading from the saved index gives must be what reading anew does; of the files nothing is read. */
async function expectTheSame(files: readonly string[], folder: string): Promise<void> {
  const fresh = await read(files);
  const again = await read(files, folder);
  expect(again.anew).toBe(0);
  expect(again.reading.progress()).toEqual(fresh.reading.progress());
  expect(everything(again.reading.index)).toEqual(everything(fresh.reading.index));
  const { index } = again.reading;
  for (const column of index.columns()) {
    for (const row of [0, index.rowCount >> 1, index.rowCount - 1]) {
      const other = fresh.reading.index.column(column.name);
      expect(column.cell(row)).toEqual(other?.cell(row));
      expect(column.text(row)).toEqual(other?.text(row));
    }
  }
}

const varied = (rows: number): string =>
  Array.from({ length: rows }, (_, i) => {
    const text = i % 7 === 0 ? `\\ud800 lone ${i % 9}` : `täxt ${i % 40}`;
    const cut = i % 211 === 0 ? ',' : '';
    const late = i > rows / 2 ? `"late${i % 3}":{"x":${i}},` : '';
    return `{"reward":${i % 5 === 0 ? 'null' : i / 4},${late}"s":"${text}","ok":${i % 2 === 0},"n":${i % 3 === 0 ? '12345678901234567890' : i},"long":"${'x'.repeat(i % 400)}"${cut}}${i % 50 === 0 ? '\r\n\r\n' : '\n'}`;
  }).join('');

const reference = '../shared/rollouts';
const referenceFiles = existsSync(reference)
  ? readdirSync(reference, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => path.join(reference, name))
  : [];

test.skipIf(referenceFiles.length === 0)('real files are answered for from saved indexes as when read', { timeout: 60_000 }, async () => {
  const folder = newFolder();
  for (const file of referenceFiles) {
    await read([file], folder);
    await expectTheSame([file], folder);
  }
  await read(referenceFiles, folder);
  await expectTheSame(referenceFiles, folder);
});

test('shards, many segments, CRLF, blank and invalid lines, a cut tail, lone surrogates, exact numbers', { timeout: 60_000 }, async () => {
  const files = [write('a.jsonl', varied(40_000)), write('b.jsonl', `\uFEFF${varied(500)}{"cut`), write('c.jsonl', '\n{}\n')];
  const folder = newFolder();
  await read(files, folder);
  await expectTheSame(files, folder);
  expect(readdirSync(folder)).toHaveLength(3);
});

test('shards that follow are read on to what is saved, as if all were read', { timeout: 60_000 }, async () => {
  const shard = (name: string, first: number): string =>
    write(name, Array.from({ length: 90_000 }, (_, i) => `{"id":"value ${first + i}","n":${i}}\n`).join(''));
  const files = [shard('d.jsonl', 0), shard('e.jsonl', 45_000), shard('f.jsonl', 90_000), shard('g.jsonl', 200_000)];
  const folder = newFolder();
  await read(files.slice(0, 2), folder);
  const { reading, anew } = await read(files, folder);
  expect(anew).toBeLessThan(statSync(files[2] ?? '').size + statSync(files[3] ?? '').size + (4 << 20));
  const fresh = await read(files);
  expect(everythingHash(reading.index)).toBe(everythingHash(fresh.reading.index));
  // The dictionary of so many texts gave up, here as there.
  expect(reading.index.column('id')?.codes()).toBeNull();
  expect(reading.index.column('id')?.text(359_999)).toBe('value 289999');
  expect(everythingHash((await read(files, folder)).reading.index)).toBe(everythingHash(fresh.reading.index));
});

test('a broken or cut saved index is read as far as it is good; the file from there on', { timeout: 60_000 }, async () => {
  const file = write('h.jsonl', varied(60_000));
  const folder = newFolder();
  const fresh = await read([file], folder);
  const expected = everythingHash(fresh.reading.index);
  const [name = ''] = readdirSync(folder);
  const entry = path.join(folder, name);
  const whole = readFileSync(entry);
  const readSizes = new Set<number>();
  const damages: [number, (at: number) => void][] = [0, 0.001, 0.2, 0.5, 0.9, 0.9999].flatMap((share) => [
    [share, (at) => truncateSync(entry, at)],
    [share, (at) => writeFileSync(entry, Buffer.concat([whole.subarray(0, at), Buffer.of(1 + (whole[at] ?? 0)), whole.subarray(at + 1)]))],
  ]);
  for (const [share, damage] of damages) {
    writeFileSync(entry, whole);
    damage(Math.floor(share * whole.length));
    const { reading, anew } = await read([file], folder);
    readSizes.add(anew);
    expect(anew).toBeGreaterThan(0);
    expect(reading.progress()).toEqual(fresh.reading.progress());
    expect(everythingHash(reading.index)).toBe(expected);
    // It was mended.
    expect((await read([file], folder)).anew).toBe(0);
  }
  expect(readSizes.size).toBeGreaterThan(2);
});

test('a file that has changed in any way is read anew; one that has just changed is not saved', async () => {
  const file = write('i.jsonl', varied(300));
  const folder = newFolder();
  await read([file], folder);
  expect((await read([file], folder)).anew).toBe(0);
  appendFileSync(file, '{"reward":9}\n');
  expect((await read([file], folder)).anew).toBeGreaterThan(0);
  const { mtime } = statSync(file);
  // Same size, same time of change: as `touch -r` does it.
  const bytes = readFileSync(file);
  const at = bytes.indexOf('"reward":1');
  bytes.write('7', at + 9);
  writeFileSync(file, bytes);
  utimesSync(file, mtime, mtime);
  const changed = await read([file], folder);
  expect(changed.anew).toBeGreaterThan(0);
  expect(everything(changed.reading.index)).toEqual(everything((await read([file])).reading.index));

  const other = newFolder();
  await read([file], other, 60_000);
  expect(existsSync(other)).toBe(false);
});
