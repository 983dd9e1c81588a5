import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { savedIndexesIn } from '../saved/index.ts';
import { openSource, type Source } from '../source/index.ts';
import { readDataset, type ReadingDataset, type ReadOptions } from './read-dataset.ts';
import { everything, everythingHash } from './testing/everything.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-hashing-'));
const scanThread = path.join(folder, 'scan-thread.cjs');
const opened: Source[] = [];

beforeAll(async () => {
  await build({ configFile: 'vite.scan.config.ts', logLevel: 'warn', build: { outDir: folder } });
}, 60_000);

afterAll(() => {
  for (const source of opened) source.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

function open(files: readonly string[], options: ReadOptions): ReadingDataset {
  const sources = files.map((file) => openSource(file));
  opened.push(...sources);
  return readDataset(sources, options);
}

const rollout = (i: number, padding = ''): string =>
  JSON.stringify({
    _ng_task_index: i >> 2,
    responses_create_params: { input: [{ role: 'user', content: `question ${i >> 2}${padding}` }], tools: i % 3 === 0 ? [] : null },
    response: {
      output: [{ type: 'message', id: `m${i}`, role: 'assistant', content: [{ type: 'output_text', text: `answer ${i % 3}` }] }],
    },
  });

const odd = `\ufeff${rollout(0)}\r\n\n  \n${rollout(1)}\n{"cut\n[1]\n${rollout(2)}\n\n`;
const small = `\n\n${rollout(3)}\n${rollout(4)}`;

test('hashes taken later are those taken at once', async () => {
  const files = [write('odd.jsonl', odd), write('small.jsonl', small)];
  const atOnce = open(files, { hashes: true });
  await atOnce.done;
  const later = open(files, { hashes: false });
  await later.done;
  expect(atOnce.index.isHashed).toBe(true);
  expect(later.index.isHashed).toBe(false);
  expect(() => later.index.hash('prompt')).toThrow('no hashes yet');
  const { version } = later.index;
  await Promise.all([later.hash(), later.hash()]);
  expect(later.index.version).toBeGreaterThan(version);
  expect(everything(later.index)).toEqual(everything(atOnce.index));
  const [prompts, answers] = [later.index.hash('prompt'), later.index.hash('answer')];
  expect([prompts[0] === prompts[1], answers[0] === answers[1]]).toEqual([true, false]);
});

const large = Array.from({ length: 12_000 }, (_, i) => rollout(i, ' and more of it'.repeat(80))).join('\n');

test.each([
  ['by threads', { scanThread: true, threads: 2 }],
  ['by the calling thread', { scanThread: false }],
])('… %s, and while the rest is being read', async (_, { scanThread: isThreaded, ...options }) => {
  const file = write('large.jsonl', large);
  const more = { ...options, ...(isThreaded && { scanThread }) };
  const atOnce = open([file], { hashes: true, ...more });
  await atOnce.done;
  const wanted = everythingHash(atOnce.index);
  let asked: Promise<void> | undefined;
  let isWhole = true;
  const later: ReadingDataset = open([file], {
    hashes: false,
    ...more,
    onGrow() {
      // Once they have been asked for and were there, no rows come without them.
      void asked?.then(() => (isWhole &&= later.index.isHashed));
      asked ??= later.hash();
    },
  });
  await later.done;
  await later.hash();
  expect(isWhole).toBe(true);
  expect(everythingHash(later.index)).toBe(wanted);
  await Promise.all([atOnce.close(), later.close()]);
});

test.each([
  ['by threads', { scanThread: true, threads: 2 }],
  ['by the calling thread', { scanThread: false }],
])('… %s, and let rest again and again', async (_, { scanThread: isThreaded, ...options }) => {
  const file = write('rests.jsonl', large);
  const more = { ...options, ...(isThreaded && { scanThread }) };
  const atOnce = open([file], { hashes: true, ...more });
  const later = open([file], { hashes: false, ...more });
  await Promise.all([atOnce.done, later.done]);
  expect(later.hashedRows()).toBe(0);
  const counts: number[] = [];
  for (let rests = 0; rests < 3; rests++) {
    const taken = later.hash();
    const resting = setTimeout(() => later.restHashing(), 5 * rests);
    // Whoever comes meanwhile is not told that it rests.
    if (rests === 2) later.restHashing();
    await taken;
    clearTimeout(resting);
    counts.push(later.hashedRows());
  }
  await later.hash();
  expect([...counts].sort((a, b) => a - b)).toEqual(counts);
  expect(later.hashedRows()).toBe(later.index.rowCount);
  expect(everythingHash(later.index)).toBe(everythingHash(atOnce.index));
  await Promise.all([atOnce.close(), later.close()]);
});

test('an index is saved without hashes, and again with them', async () => {
  const file = write('saved.jsonl', small);
  const saving = { indexes: savedIndexesIn(path.join(folder, 'saved')), worthBytes: 0, restMs: -1e9 };
  const first = open([file], { hashes: false, saving });
  await first.done;
  await first.save();
  const second = open([file], { hashes: true, saving });
  await second.done;
  expect(second.index.isHashed).toBe(false);
  await second.hash();
  await second.save();
  const third = open([file], { hashes: false, saving });
  await third.done;
  expect(third.index.isHashed).toBe(true);
  expect(everything(third.index)).toEqual(everything(second.index));
});

test('a file that is shorter by then is said to have changed', async () => {
  const file = write('shrinks.jsonl', small);
  const reading = open([file], { hashes: false });
  await reading.done;
  truncateSync(file, 10);
  await expect(reading.hash()).rejects.toMatchObject({ code: 'changed' });
  expect(reading.index.isHashed).toBe(false);
});

test('who needs them while rows come has them from then on', async () => {
  const reading = open([write('needed.jsonl', large)], { hashes: false, needsHashes: () => reading.index.rowCount > 100 });
  await reading.done;
  await reading.hash();
  expect(reading.index.isHashed).toBe(true);
});
