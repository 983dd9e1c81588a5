import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { cacheFolder } from './cache-folder.ts';
import { dataFolder } from './data-folder.ts';
import { Grants } from './grants.ts';
import { jsonStore } from './json-store.ts';
import { recentsIn } from './recents.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rollscope-stores-'));
});
afterEach(() => rm(folder, { recursive: true }));

const numbers = z.array(z.number());

test('changes that are made at once all land, and nothing half-written stays', async () => {
  const store = jsonStore<number[]>(path.join(folder, 'deep/er/numbers.json'), numbers, []);
  await Promise.all([1, 2, 3].map((value) => store.change((now) => [...now, value])));
  expect(await store.read()).toEqual([1, 2, 3]);
  expect(await readdir(path.join(folder, 'deep/er'))).toEqual(['numbers.json']);
});

test.each(['', '{"cut', '["text"]', '{}'])('a file that holds %j is started anew', async (text) => {
  const file = path.join(folder, 'numbers.json');
  await writeFile(file, text);
  const store = jsonStore<number[]>(file, numbers, [0]);
  expect(await store.read()).toEqual([0]);
  await store.change((now) => [...now, 7]);
  expect(await store.read()).toEqual([0, 7]);
});

test('a change that cannot be written fails, and the next one is tried', async () => {
  await writeFile(path.join(folder, 'blocked'), '');
  const store = jsonStore<number[]>(path.join(folder, 'blocked/numbers.json'), numbers, []);
  await expect(store.change(() => [1])).rejects.toThrow(/ENOTDIR|EEXIST/);
  await rm(path.join(folder, 'blocked'));
  await store.change(() => [2]);
  expect(await store.read()).toEqual([2]);
});

function grantsOf() {
  return new Grants(async () => undefined);
}
async function fileOf(name: string, text = '{}\n'): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}
const shape = { counts: [1, 2], min: 0, max: 1 };

test('recents are latest first, once each, and say whether the file is as it was', async () => {
  const grants = grantsOf();
  const recents = recentsIn(path.join(folder, 'recents.json'), grants);
  const files = await Promise.all(['same.jsonl', 'changed.jsonl', 'gone.jsonl', 'touched.jsonl'].map((name) => fileOf(name)));
  for (const file of [...files, files[0] ?? '']) {
    await recents.remember(grants.get((await grants.files([file])).grant), { rows: 5, tasks: 2, shape });
  }
  await fileOf('changed.jsonl', '{}\n{}\n');
  await rm(path.join(folder, 'gone.jsonl'));
  await utimes(path.join(folder, 'touched.jsonl'), 1, 1);

  // As after a new start: the ids are others, the entries the same.
  const listed = await recentsIn(path.join(folder, 'recents.json'), grantsOf()).list();
  expect(listed.map(({ name, state }) => [name, state])).toEqual([
    ['same.jsonl', 'same'],
    ['touched.jsonl', 'changed'],
    ['gone.jsonl', 'gone'],
    ['changed.jsonl', 'changed'],
  ]);
  expect(listed[0]).toMatchObject({ rows: 5, tasks: 2, shape });
});

test('what is forgotten is not listed, and a served page lists only what was granted to it', async () => {
  const grants = grantsOf();
  const file = path.join(folder, 'recents.json');
  const recents = recentsIn(file, grants);
  const [a, b] = [await grants.files([await fileOf('a.jsonl')]), await grants.files([await fileOf('b.jsonl')])];
  for (const { grant } of [a, b]) await recents.remember(grants.get(grant), { rows: 1 });

  expect((await recentsIn(file, grants, [a.grant]).list()).map(({ grant }) => grant)).toEqual([a.grant]);
  await recents.forget(grants.get(a.grant));
  expect((await recents.list()).map(({ grant }) => grant)).toEqual([b.grant]);
});

test('the data folder follows the customs of each system', () => {
  expect(dataFolder('linux', {}, '/home/ann')).toBe('/home/ann/.config/rollscope');
  expect(dataFolder('linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/ann')).toBe('/cfg/rollscope');
  expect(dataFolder('darwin', {}, '/Users/ann')).toBe('/Users/ann/Library/Application Support/Rollscope');
});

test('what can be made again is kept where the system keeps such things, or where the user says', () => {
  expect(cacheFolder('linux', {}, '/home/a')).toBe('/home/a/.cache/rollscope');
  expect(cacheFolder('linux', { XDG_CACHE_HOME: '/fast' }, '/home/a')).toBe('/fast/rollscope');
  expect(cacheFolder('darwin', { XDG_CACHE_HOME: '/fast' }, '/Users/a')).toBe('/Users/a/Library/Caches/Rollscope');
  expect(cacheFolder('win32', { LOCALAPPDATA: '/local' }, '/a')).toBe('/local/Rollscope/Cache');
  expect(cacheFolder('darwin', { ROLLSCOPE_CACHE_DIR: '/mine' }, '/Users/a')).toBe('/mine');
});
