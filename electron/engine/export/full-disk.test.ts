import { type FileHandle, open } from 'node:fs/promises';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { OptionValue } from '#shared/model/recipe.ts';
import { runExport } from './run.ts';
import { targets } from './targets.ts';
import { pictured } from './testing/pictures.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder } from './testing/source.ts';

// Every kind of file that an export writes, on a disk that has room for a part of it.

const lines = Array.from({ length: 60 }, (_, i) => rolloutLine(i >> 2, (i % 4) / 3, `answer ${i} ${'x'.repeat(300)}`)).map((line) =>
  line.replace('"reward"', '"expected_answer":"four","reward"'),
);
const pictures = Array.from({ length: 40 }, (_, i) => pictured(i >> 2, (i % 4) / 3));
const takesFiles = targets.filter(({ info }) =>
  info.options.some(({ key, choices = [] }) => key === 'images' && choices.some(({ value }) => value === 'files')),
);

const cases: [target: string, options: Record<string, OptionValue>, lines: readonly string[]][] = [
  ...targets.map(({ info: { target } }): (typeof cases)[number] => [target, {}, lines]),
  ...takesFiles.map(({ info: { target } }): (typeof cases)[number] => [target, { images: 'files' }, pictures]),
  ['custom/rollouts', { validation: 0.2, test: 0.2 }, lines],
  ['custom/arrow', { validation: 0.2, test: 0.2 }, lines],
  ['trl/sft', { validation: 0.2, test: 0.2 }, lines],
  ['trl/sft', { validation: 0.2, test: 0.2, format: 'jsonl' }, lines],
];

/** Lets so many bytes be written into files of exports; answers how many were asked for. */
async function diskOf(room: number): Promise<() => number> {
  const probe = await open(import.meta.filename);
  const prototype: FileHandle = Object.getPrototypeOf(probe);
  await probe.close();
  let asked = 0;
  const take = (bytes: number): void => {
    asked += bytes;
    if (asked > room) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  };
  const { write, writeFile } = prototype;
  vi.spyOn(prototype, 'write').mockImplementation(function (this: FileHandle, ...given: unknown[]) {
    return Promise.resolve().then(() => {
      take(typeof given[2] === 'number' ? given[2] : Buffer.byteLength(given[0] as Uint8Array));
      return Reflect.apply(write, this, given);
    });
  });
  vi.spyOn(prototype, 'writeFile').mockImplementation(async function (this: FileHandle, ...given: unknown[]) {
    take(Buffer.byteLength(given[0] as string | Uint8Array));
    await Reflect.apply(writeFile, this, given);
  });
  return () => asked;
}

afterEach(() => vi.restoreAllMocks());

describe.each(cases)('%s %j', (target, options, rows) => {
  test('a disk that fills on the way is named, the folder is as it was, and a second run writes what the first would have', async () => {
    const recipe = recipeOf(target, options);
    const source = () => memorySource(rows);
    const whole = path.join(temporaryFolder(), 'out');
    const asked = await diskOf(Infinity);
    const made = await runExport(source(), recipe, { folder: whole, overwrite: false });
    const bytes = asked();
    expect(bytes).toBeGreaterThanOrEqual(made.files.reduce((sum, file) => sum + file.bytes, 0));
    for (const room of [0, 0.01, 0.3, 0.6, 0.9].map((share) => Math.floor(share * bytes)).concat(bytes - 1)) {
      vi.restoreAllMocks();
      await diskOf(room);
      const folder = path.join(temporaryFolder(), 'out');
      await expect(runExport(source(), recipe, { folder, overwrite: false })).rejects.toMatchObject({
        code: 'unwritable',
        message: 'The folder out cannot be written: the disk is full.',
      });
      expect(existsSync(folder)).toBe(false);
    }
    vi.restoreAllMocks();
    const again = path.join(temporaryFolder(), 'out');
    const second = await runExport(source(), recipe, { folder: again, overwrite: false });
    const data = ({ files }: typeof made) => files.filter((file) => file.rows > 0 || file.path.startsWith('image-'));
    expect(data(second)).toEqual(data(made));
  });

  test('a disk that fills while an earlier export is replaced leaves that one whole', async () => {
    const recipe = recipeOf(target, options);
    const folder = temporaryFolder();
    await runExport(memorySource(rows.slice(0, 40)), recipe, { folder, overwrite: false });
    const before = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'base64')]);
    await diskOf(2000);
    await expect(runExport(memorySource(rows), recipe, { folder, overwrite: true })).rejects.toMatchObject({ code: 'unwritable' });
    vi.restoreAllMocks();
    expect(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'base64')])).toEqual(before);
  });
});

describe.each(targets.map(({ info }) => info.target))('%s', (target) => {
  test('a folder that is a file, or is below one, or is not empty, is refused, and nothing is written', async () => {
    const place = temporaryFolder();
    writeFileSync(path.join(place, 'file'), 'mine');
    mkdirSync(path.join(place, 'full'));
    writeFileSync(path.join(place, 'full/notes.txt'), 'mine');
    const into = (folder: string) =>
      runExport(memorySource(lines), recipeOf(target), { folder: path.join(place, folder), overwrite: false });
    for (const folder of ['file', 'file/below']) await expect(into(folder)).rejects.toMatchObject({ code: 'unwritable' });
    await expect(into('full')).rejects.toMatchObject({ code: 'exists' });
    expect(
      readdirSync(place, { recursive: true })
        .map(String)
        .sort((a, b) => a.localeCompare(b)),
    ).toEqual(['file', 'full', 'full/notes.txt']);
  });
});
