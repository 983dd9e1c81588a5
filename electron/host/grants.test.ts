import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Grants, tilde } from './grants.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rollscope-grants-'));
  await writeFile(path.join(folder, 'a.jsonl'), '{}\n');
  await writeFile(path.join(folder, 'b.jsonl'), '{}\n{}\n');
});
afterAll(() => rm(folder, { recursive: true }));

function make() {
  const announced = new Map<string, readonly string[]>();
  return { announced, grants: new Grants(async (id, paths) => void announced.set(id, paths)) };
}

test('a grant says nothing of the path but what people need, and the engine knows it first', async () => {
  const { grants, announced } = make();
  const file = path.join(folder, 'a.jsonl');
  const grant = await grants.files([file]);
  expect(grant).toMatchObject({ kind: 'files', name: 'a.jsonl', detail: tilde(folder), bytes: 3 });
  expect(grant.grant).toMatch(/^[\w-]{16}$/);
  expect(announced.get(grant.grant)).toEqual([file]);
  expect(grants.get(grant.grant).paths).toEqual([file]);
});

test('shards are one grant with their bytes together', async () => {
  const { grants } = make();
  const grant = await grants.files([path.join(folder, 'a.jsonl'), path.join(folder, 'b.jsonl')]);
  expect(grant).toMatchObject({ name: 'a.jsonl and 1 more', detail: `${tilde(folder)} · 2 files`, bytes: 9 });
});

test('the same paths keep their id; a folder and a file of one path do not share it', async () => {
  const { grants } = make();
  const once = await grants.files([folder]);
  const again = await grants.files([`${folder}/./`]);
  const asFolder = await grants.folder(folder);
  expect(again.grant).toBe(once.grant);
  expect(asFolder.grant).not.toBe(once.grant);
});

test('an id that was not granted is not found, inherited names too', async () => {
  const { grants } = make();
  for (const id of ['', 'constructor', path.join(folder, 'a.jsonl')]) expect(() => grants.get(id)).toThrow(/not granted/);
});

test('the home folder is a tilde, a folder that only begins like it is not', () => {
  expect(tilde('/home/ann/runs', '/home/ann')).toBe('~/runs');
  expect(tilde('/home/ann', '/home/ann')).toBe('~');
  expect(tilde('/home/anna', '/home/ann')).toBe('/home/anna');
});
