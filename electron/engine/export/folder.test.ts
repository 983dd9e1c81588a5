import { hostname } from 'node:os';
import { existsSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { FolderMarker } from './folder-marker.ts';
import { OutputFolder } from './folder.ts';
import { temporaryFolder } from './testing/source.ts';

const names = ['train.jsonl', 'recipe.json', 'manifest.json'];
const markerName = 'rollscope-export.partial';

/** A folder as a process leaves it that is killed when so many of its files have their names. */
function interrupted(published: number, pid: number): string {
  const folder = temporaryFolder();
  for (const name of names) writeFileSync(path.join(folder, `${name}.partial`), `all of ${name}`);
  const publishing = names.map((name) => ({ name, bytes: `all of ${name}`.length }));
  writeFileSync(path.join(folder, markerName), JSON.stringify({ version: 1, pid, host: 'elsewhere', names, publishing }));
  for (const name of names.slice(0, published)) renameSync(path.join(folder, `${name}.partial`), path.join(folder, name));
  return folder;
}

async function exportInto(folder: string): Promise<void> {
  const next = await OutputFolder.claim(folder, false);
  try {
    await next.reserve(['train.parquet', 'manifest.json']);
    await next.write('train.parquet', (file) => file.writeFile('parquet'));
    await next.write('manifest.json', (file) => file.writeFile('{}'));
    await next.publish();
  } catch (error) {
    await next.discard();
    throw error;
  }
}

test.each([0, 1, 2])(
  'a process that was killed when %i of its files had their names: the next export takes their place',
  async (published) => {
    const folder = interrupted(published, 1);
    await exportInto(folder);
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'train.parquet']);
    expect(readFileSync(path.join(folder, 'train.parquet'), 'utf8')).toBe('parquet');
  },
);

test('a process that was killed while it wrote its first marker: the next export takes its place', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, `${markerName}.new`), '{"version":1,"pid"');
  await exportInto(folder);
  expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'train.parquet']);
});

test('a file that someone changed since is not taken for ours', async () => {
  const folder = interrupted(2, 1);
  writeFileSync(path.join(folder, 'train.jsonl'), 'mine, and longer than what was written');
  await expect(exportInto(folder)).rejects.toMatchObject({ code: 'exists' });
  expect(readFileSync(path.join(folder, 'train.jsonl'), 'utf8')).toBe('mine, and longer than what was written');
});

test('a marker that names other places leads to none of them', async () => {
  const outside = temporaryFolder();
  writeFileSync(path.join(outside, 'a.partial'), 'precious');
  writeFileSync(path.join(outside, 'b'), 'precious');
  const folder = path.join(outside, 'out');
  const first = await OutputFolder.claim(folder, false);
  const listed = { version: 1, pid: 1, host: '', names: ['../a'], publishing: [{ name: '../b', bytes: 8 }] };
  writeFileSync(path.join(folder, markerName), JSON.stringify(listed));
  await first.discard();
  await exportInto(folder);
  expect(readdirSync(outside).sort()).toEqual(['a.partial', 'b', 'out']);
});

test('a disk that fails on the way leaves nothing but what was there', async () => {
  const folder = interrupted(1, 1);
  const next = await OutputFolder.claim(folder, false);
  await next.reserve(['train.parquet']);
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
  await expect(next.write('train.parquet', () => Promise.reject(full))).rejects.toMatchObject({
    code: 'unwritable',
    message: expect.stringContaining('the disk is full'),
  });
  await next.discard();
  // What the export before left is still known to be ours.
  expect(readdirSync(folder).sort()).toEqual([markerName, 'train.jsonl']);
  await exportInto(folder);
  expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'train.parquet']);
});

test('a disk that is full when files are to get their names leaves none of them, and no marker', async () => {
  const folder = path.join(temporaryFolder(), 'out');
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
  const next = await OutputFolder.claim(folder, false);
  await next.reserve(['train.parquet']);
  await next.write('train.parquet', (file) => file.writeFile('rows'));
  vi.spyOn(FolderMarker.prototype, 'set').mockRejectedValueOnce(full);
  await expect(next.publish()).rejects.toMatchObject({ code: 'unwritable', message: expect.stringContaining('the disk is full') });
  await next.discard();
  expect(existsSync(folder)).toBe(false);
  await exportInto(folder);
  expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'train.parquet']);
});

test('another process that is at it is waited for; an old marker is not', async () => {
  const folder = temporaryFolder();
  const marker = path.join(folder, markerName);
  writeFileSync(marker, JSON.stringify({ version: 1, pid: process.ppid, host: hostname(), names: [], publishing: [] }));
  await expect(exportInto(folder)).rejects.toMatchObject({ code: 'exists', message: expect.stringContaining('Another export') });
  utimesSync(marker, 1, 1);
  await exportInto(folder);
  expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'train.parquet']);
});
