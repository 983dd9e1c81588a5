import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openSource, type Source } from '../source/index.ts';
import { readDataset, type ReadingDataset, type ReadOptions } from './read-dataset.ts';
import { everything } from './testing/everything.ts';
import { NO_CODE } from './types.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-index-'));
const scanThread = path.join(folder, 'scan-thread.cjs');
const opened: Source[] = [];

beforeAll(async () => {
  await build({ configFile: 'vite.scan.config.ts', logLevel: 'warn', build: { outDir: folder } });
}, 60_000);

afterAll(() => {
  for (const source of opened) source.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

function open(files: readonly string[], options: ReadOptions = {}): ReadingDataset {
  const sources = files.map((file) => openSource(file));
  opened.push(...sources);
  return readDataset(sources, options);
}

async function read(content: string, options: ReadOptions = {}): Promise<ReadingDataset> {
  const reading = open([write('one.jsonl', content)], options);
  await reading.done;
  return reading;
}

test('columns: derived first, then fields as they appear, those with a scalar only', async () => {
  const { index } = await read(
    '{"b":{"x":1},"reward":0.5,"response":{"usage":{"output_tokens":7}},"turns":9,"_ng_rollout_index":3}\n{"a":null,"reward":1}\n[1]\n{"b":5}\n',
  );
  const names = index.columns().map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(['rollout', 'agent', 'turns']);
  expect(names.slice(18)).toEqual(['b', 'reward', 'usage.output_tokens', 'field.turns', '_ng_rollout_index', 'a']);
  expect(index.column('reward')?.info()).toEqual({ name: 'reward', kind: 'number', derived: false, present: 2, nulls: 0, missing: 1 });
  expect(index.column('a')?.info()).toMatchObject({ kind: 'mixed', present: 0, nulls: 1, missing: 2 });
  expect(index.column('b')?.info()).toMatchObject({ kind: 'mixed', present: 2 });
  expect(index.column('b')?.cell(0)).toEqual({ json: '{"x":1}' });
  expect(index.column('tokens')?.cell(0)).toBe(7);
  expect(index.column('rollout')?.info()).toMatchObject({ derived: true, kind: 'number', present: 1 });
  expect(index.column('model')?.info()).toMatchObject({ kind: 'string', present: 0, missing: 3 });
  expect(index.column('response')).toBeUndefined();
  expect(index.column('reward')?.cell(2)).toBeUndefined();
});

test('texts: by code while short and repeated, else from the file; previews on one line, never cut in a character', async () => {
  const long = `${'é\\n\\n x\\ud83d\\ude00'.repeat(200)}`;
  const { index } = await read(`{"s":"a","t":"${long}","n":12345678901234567890,"e":1e400}\n{"s":"\\u0061","t":"short  one"}\n{"s":1}\n`);
  const codes = index.column('s')?.codes();
  expect([...(codes?.codes ?? [])]).toEqual([0, 0, NO_CODE]);
  expect(codes?.values).toEqual(['a']);
  const t = index.column('t');
  expect(t?.codes()).toBeNull();
  expect(t?.text(0)).toBe(JSON.parse(`"${long}"`));
  const preview = t?.cell(0);
  expect(preview).toMatch(/^(é x😀)+é?.{0,3}…$/u);
  expect(String(preview).length).toBeLessThanOrEqual(240);
  expect(t?.cell(1)).toBe('short one');
  expect(t?.text(1)).toBe('short  one');
  expect(index.column('n')?.cell(0)).toEqual({ exact: '12345678901234567890' });
  expect(index.column('n')?.numbers()[0]).toBe(Number('12345678901234567890'));
  expect(index.column('e')?.cell(0)).toEqual({ exact: '1e400' });
  expect(index.column('e')?.numbers()[0]).toBe(Infinity);
});

test('a text column of a great many values gives up its dictionary, and loses none', async () => {
  const rows = 300_000;
  const { index } = await read(Array.from({ length: rows }, (_, i) => `{"id":"value ${i}","kind":"k${i % 3}"}\n`).join(''));
  expect(index.column('id')?.codes()).toBeNull();
  for (const row of [0, 40_000, 100_000, rows - 1]) expect(index.column('id')?.text(row)).toBe(`value ${row}`);
  expect(index.column('kind')?.codes()?.values).toEqual(['k0', 'k1', 'k2']);
});

test('a cut tail, blank lines and a byte order mark are counted right', async () => {
  const { index, progress } = await read('\uFEFF{"a":1}\r\n\r\n\n{"a":2}\r\n{"a":');
  expect(progress()).toMatchObject({ cutLastLine: true, files: [{ lines: 3, rows: 2, invalidLines: 1, blankLines: 2 }] });
  expect([0, 1, 2].map((row) => index.place(row).line)).toEqual([1, 4, 5]);
  expect([1, 2, 4, 5, 6].map((line) => index.rowAtLine(0, line))).toEqual([0, undefined, 1, 2, undefined]);
  expect(Buffer.from(index.readLineSlice(1, 1, 4)).toString()).toBe('"a"');
  expect(index.readLineSlice(1, 100, 200)).toHaveLength(0);
});

test('threads and the calling thread read the same, of several files, with lines across segments', { timeout: 60_000 }, async () => {
  const row = (i: number): string =>
    `{"reward":${i % 7},"late${i > 30_000 ? i % 3 : ''}":"${i % 5}","text":"${'x'.repeat(i % 500)}"${i % 900 ? '' : ','}}${i % 50 ? '' : '\n'}\n`;
  const first = write('first.jsonl', Array.from({ length: 60_000 }, (_, i) => row(i)).join(''));
  const second = write('second.jsonl', '{"reward":1}\n{"other":true}');
  const here = open([first, second]);
  let grew = 0;
  const there = open([first, second], { scanThread, threads: 2, onGrow: () => grew++ });
  expect(await Promise.all([here.done, there.done])).toEqual(['complete', 'complete']);
  expect(grew).toBeGreaterThan(3);
  expect(there.progress()).toEqual(here.progress());
  expect(there.progress().files[1]).toMatchObject({ rows: 2 });
  expect(everything(there.index)).toEqual(everything(here.index));
  expect(there.index.place(there.index.rowCount - 1)).toMatchObject({ file: 1, line: 2 });
});

test.each([0, 2])('the plain scanner reads the same as the kernel (%s threads)', async (threads) => {
  const name = write('both.jsonl', readFileSync('bench/sample/sample.jsonl', 'utf8').repeat(7));
  const byKernel = open([name]);
  await byKernel.done;
  vi.stubEnv('ROLLSCOPE_SCANNER', 'reference');
  const plain = open([name], { scanThread, threads });
  await plain.done;
  vi.unstubAllEnvs();
  expect(everything(plain.index)).toEqual(everything(byKernel.index));
});

test.each([undefined, 2])('stops when told to, keeping what was read (%s threads)', async (threads) => {
  const file = write('long.jsonl', '{"a":1}\n'.repeat(4_000_000));
  const controller = new AbortController();
  const options = threads === undefined ? {} : { scanThread, threads };
  const reading = open([file], { ...options, signal: controller.signal, onGrow: () => controller.abort() });
  expect(await reading.done).toBe('stopped');
  const { rowCount } = reading.index;
  expect(rowCount).toBeGreaterThan(1000);
  expect(rowCount).toBeLessThan(4_000_000);
  expect(reading.progress().files[0]?.rows).toBe(rowCount);
  expect(reading.index.column('a')?.info().present).toBe(rowCount);
});

test('a file that changes under us is noticed, while it is read and after', async () => {
  const file = write('changing.jsonl', '{"a":1}\n{"a":2}\n');
  const reading = open([file]);
  await reading.done;
  appendFileSync(file, '{"a":3}\n');
  expect(Buffer.from(reading.index.readLine(1)).toString()).toBe('{"a":2}');
  writeFileSync(file, '{"a":1}\n');
  expect(() => reading.index.readLine(0)).toThrow(/has changed/);

  const shrinking = write('shrinking.jsonl', '{"a":1}\n'.repeat(100_000));
  const second = open([shrinking]);
  writeFileSync(shrinking, '{"a":1}\n');
  await expect(second.done).rejects.toMatchObject({ code: 'changed' });
});

test('a disk that fails halfway is said, and the rows before that stay; a file that vanishes is read to its end', async () => {
  const file = write('failing.jsonl', '{"a":1}\n'.repeat(400_000));
  const source = openSource(file);
  opened.push(source);
  const failing: Source = {
    ...source,
    size: source.size,
    bytes: source.bytes,
    read(into, at, length, position) {
      if (position + length > 2_000_000) throw Object.assign(new Error('i/o error'), { code: 'EIO', syscall: 'read' });
      return source.read(into, at, length, position);
    },
  };
  const reading = readDataset([failing]);
  await expect(reading.done).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining('EIO') });
  expect(reading.index.rowCount).toBeGreaterThan(10_000);
  expect(Buffer.from(reading.index.readLine(0)).toString()).toBe('{"a":1}');

  const vanishing = open([file]);
  rmSync(file);
  expect(await vanishing.done).toBe('complete');
  expect(vanishing.index.rowCount).toBe(400_000);
});

test('no rows are added until the caller is done with those there are', async () => {
  const file = write('waiting.jsonl', '{"a":1}\n'.repeat(2_000_000));
  let go: () => void = () => undefined;
  const wait = new Promise<void>((resolve) => (go = resolve));
  const grown: number[] = [];
  const reading = open([file], { scanThread, threads: 2, onGrow: () => (grown.push(reading.index.rowCount) === 1 ? wait : undefined) });
  await expect.poll(() => grown.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(reading.index.rowCount).toBe(grown[0]);
  go();
  expect(await reading.done).toBe('complete');
  expect(grown.at(-1)).toBe(2_000_000);
});

test('more rows than there is room for are an error that says so; what was read before stays', async () => {
  const content = '{"a":1}\n'.repeat(10);
  const files = [write('room-1.jsonl', content), write('room-2.jsonl', content)];
  const reading = open(files, { mostRows: 19 });
  await expect(reading.done).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringMatching(/^A dataset has room for 19 lines/),
  });
  expect(reading.index.rowCount).toBe(10);
  const enough = open(files, { mostRows: 20 });
  expect(await enough.done).toBe('complete');
  expect(enough.index.rowCount).toBe(20);
});
