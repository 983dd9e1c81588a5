import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Dataset, Engine } from './api.ts';
import { createEngine } from './engine.ts';
import { spoolMarginBytes } from './source/packed/spool.ts';
import { openSource } from './source/index.ts';
import { readDataset } from './index/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-packed-'));
const temporary = mkdtempSync(path.join(tmpdir(), 'rollscope-spools-'));
const engines: Engine[] = [];
beforeEach(() => void vi.stubEnv('TMPDIR', temporary));
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  vi.unstubAllEnvs();
  for (const each of [folder, temporary]) rmSync(each, { recursive: true });
});

const content = Array.from(
  { length: 20_000 },
  (_, i) =>
    `{"_ng_task_index":${i >> 3},"reward":${i % 3},"text":"${'é'.repeat(i % 90)}${(i * 7919) % 9973}"}\n${i % 500 ? '' : '\n{"a"\n'}`,
).join('');

function write(name: string, bytes: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

async function open(files: string[], input?: Readable): Promise<Dataset> {
  const engine = createEngine({ version: 'test' });
  engines.push(engine);
  return await engine.open(files, { input });
}

const plain = write('plain.jsonl', content);
const gzip = write('packed.jsonl.gz', zlib.gzipSync(content));
// Told by its bytes, whatever it is called.
const zstd = write('packed.jsonl', zlib.zstdCompressSync(content));

async function answers(dataset: Dataset): Promise<unknown> {
  const { phase, rows, lines, invalidLines, blankLines, tasks } = await dataset.watch();
  const { columns, metrics, groups } = dataset.stats([]);
  const { problems } = await dataset.validate();
  const read = [0, 17, rows - 1].map((row) => dataset.raw(row, { start: 0, end: 1000 }));
  const nameless = problems.map((problem) => ({ ...problem, examples: problem.examples.map((example) => ({ ...example, path: '' })) }));
  return { phase, rows, lines, invalidLines, blankLines, tasks, columns, metrics, groups, nameless, read };
}

test('packed and piped rollouts are those of the plain file', async () => {
  const expected = await answers(await open([plain]));
  expect(expected).toMatchObject({ phase: 'ready', rows: 20_000, invalidLines: 40 });
  for (const file of [gzip, zstd]) {
    const dataset = await open([file]);
    expect(await answers(dataset)).toEqual(expected);
    const { files, bytesRead, bytesTotal, fingerprint } = dataset.state();
    const [{ bytes, unpackedBytes } = { bytes: 0, unpackedBytes: 0 }] = files;
    expect({ bytesRead, unpackedBytes }).toEqual({ bytesRead: bytes, unpackedBytes: Buffer.byteLength(content) });
    expect(bytesTotal).toBe(bytes);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(await answers(await open(['-'], Readable.from([Buffer.from(content)])))).toEqual(expected);
  const packedPipe = await open(['-'], Readable.from([zlib.gzipSync(content)]));
  expect(packedPipe.state().phase).toBe('reading');
  expect(await answers(packedPipe)).toEqual(expected);
});

test('shards may be packed or not, one after the other, in the order given', async () => {
  const dataset = await open([gzip, plain, zstd]);
  expect(await dataset.watch()).toMatchObject({ rows: 60_000, files: [{ rows: 20_000 }, { rows: 20_000 }, { rows: 20_000 }] });
  const line = (file: string) => dataset.raw(dataset.rowAtLine(5, file) ?? -1, { start: 0, end: 99 }).text;
  expect(line('packed.jsonl.gz')).toBe(line('plain.jsonl'));
  expect(line('packed.jsonl')).toBe(line('plain.jsonl'));
  expect(dataset.rowAtLine(1, 'plain.jsonl')).toBe(20_040);
});

test('first rows come before all is there', async () => {
  const input = new Readable({ read: () => undefined });
  const opening = open(['-'], input);
  const [head, tail] = [content.slice(0, 600_000), content.slice(600_000)];
  input.push(head);
  const dataset = await opening;
  await expect.poll(() => dataset.state().rows).toBeGreaterThan(1000);
  expect(dataset.state().phase).toBe('reading');
  input.push(tail);
  input.push(null);
  expect(await dataset.watch()).toMatchObject({ phase: 'ready', rows: 20_000 });
});

test('an archive that is cut gives its rows, and says that it is cut', async () => {
  for (const file of [gzip, zstd]) {
    const cut = write(`cut-${path.basename(file)}`, '');
    execFileSync('cp', [file, cut]);
    truncateSync(cut, statSync(cut).size >> 1);
    const dataset = await open([cut]);
    const state = await dataset.watch();
    expect(state).toMatchObject({
      phase: 'failed',
      error: expect.stringContaining(`${cut} is cut: the archive ends before its data does`),
    });
    expect(state.rows).toBeGreaterThan(1000);
    expect(dataset.raw(0, { start: 0, end: 20 }).text).toBe(content.slice(0, 20));
    const recipe = { version: 1 as const, target: 'custom/rollouts', filter: [], options: {} };
    await expect(dataset.export(recipe, { folder: path.join(folder, 'out'), overwrite: false })).rejects.toThrow(/would miss rows/);
  }
});

test('what is packed must be rollouts, and be there', async () => {
  await expect(open([write('empty.gz', zlib.gzipSync(''))])).rejects.toMatchObject({ code: 'not-rollouts' });
  await expect(open([write('binary.gz', zlib.gzipSync('ab\0c'))])).rejects.toThrow(/is a binary file/);
  await expect(open([write('head.gz', zlib.gzipSync(content).subarray(0, 5))])).rejects.toThrow(/is cut/);
  await expect(open([write('noise.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 255, 255, 255]))])).rejects.toThrow(/damaged/);
  await expect(open(['-'], Readable.from([]))).rejects.toThrow(/Standard input is empty/);
});

test('an archive that unpacks to more than there is room for is an error, and the disk keeps its margin', async () => {
  const bomb = write('bomb.gz', zlib.gzipSync(Buffer.alloc(200 << 20, `{"a":"${'x'.repeat(50_000)}"}\n`)));
  let free = spoolMarginBytes + (80 << 20);
  let asked = 0;
  const freeBytes = (): number => (asked++ === 0 ? free : (free -= 32 << 20));
  const source = openSource(bomb, { freeBytes });
  const reading = readDataset([source]);
  await expect(reading.done).rejects.toMatchObject({ code: 'unwritable', message: expect.stringContaining('needs more room') });
  expect(source.size).toBeLessThan(130 << 20);
  expect(reading.index.rowCount).toBeGreaterThan(1000);
  await reading.close();
  source.close();
});

test('nothing of a spool has a name, and a folder that cannot be written to is an error', async () => {
  const dataset = await open([gzip]);
  expect(readdirSync(temporary)).toEqual([]);
  await dataset.close();
  if (process.getuid?.() === 0) vi.stubEnv('TMPDIR', path.join(folder, 'nowhere'));
  else chmodSync(temporary, 0o500);
  await expect(open([gzip])).rejects.toMatchObject({ code: 'unwritable', message: expect.stringContaining('TMPDIR') });
  chmodSync(temporary, 0o700);
});

test('closing while bytes come ends without a word', async () => {
  const dataset = await open([zstd, gzip]);
  await dataset.close();
  const endless = new Readable({ read: () => undefined });
  endless.push(content);
  const piped = await open(['-'], endless);
  await expect.poll(() => piped.state().rows).toBeGreaterThan(0);
  const watching = piped.watch();
  await piped.close();
  expect(await watching).toMatchObject({ phase: 'cancelled' });
});
