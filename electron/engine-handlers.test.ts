import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { createEngine } from './engine/index.ts';
import { createHandlers, Holds } from './engine-handlers.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-handlers-'));
const outRoot = mkdtempSync(path.join(tmpdir(), 'rollscope-out-'));
const outside = mkdtempSync(path.join(tmpdir(), 'rollscope-outside-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  for (const made of [folder, outRoot, outside]) rmSync(made, { recursive: true });
});

const file = path.join(folder, 'a.jsonl');
writeFileSync(file, '{"reward":1,"response":"yes"}\n');
const granted: Record<string, string[]> = { file: [file], out: [outRoot] };
const holds = new Holds();
const page = () =>
  createHandlers(
    engine,
    {
      paths(grant) {
        const found = granted[grant];
        if (!found) throw new AppError('not-found', 'not granted');
        return found;
      },
    },
    holds,
  );
const context = { signal: new AbortController().signal, progress: () => undefined };
const recipe = { version: 1 as const, filter: [], target: 'custom/rollouts', options: {} };

test.each(['.', '..', '../x', 'a/b', 'a\\b', '/etc', 'a\0b'])('an export named %j leaves the granted folder nowhere', async (name) => {
  const handlers = page();
  const { dataset } = await handlers['dataset.open']({ grants: ['file'] }, context);
  await handlers['dataset.watch']({ dataset }, context);
  const run = async () => handlers['export.run']({ dataset, recipe, folder: 'out', name, overwrite: true }, context);
  await expect(run()).rejects.toMatchObject({ code: 'bad-input' });
  expect(readdirSync(outRoot)).toEqual([]);
  await handlers.release();
});

test('an export does not follow a link out of the granted folder', async () => {
  symlinkSync(outside, path.join(outRoot, 'link'));
  const handlers = page();
  const { dataset } = await handlers['dataset.open']({ grants: ['file'] }, context);
  const run = async (name: string) => handlers['export.run']({ dataset, recipe, folder: 'out', name, overwrite: true }, context);
  await expect(run('link')).rejects.toMatchObject({ code: 'bad-input' });
  expect(readdirSync(outside)).toEqual([]);
  expect(await run('plain')).toMatchObject({ rowsWritten: 1 });
  await handlers.release();
});

test('an export below a file is told in words, not by the system’s code', async () => {
  const handlers = page();
  const { dataset } = await handlers['dataset.open']({ grants: ['file'] }, context);
  const run = async () => handlers['export.run']({ dataset, recipe, folder: 'file', name: 'below', overwrite: false }, context);
  await expect(run()).rejects.toMatchObject({ code: 'unwritable', message: expect.stringContaining('cannot be written') });
  await handlers.release();
});

test('a dataset is open as long as one page holds it, however often each opened it', async () => {
  const [first, second] = [page(), page()];
  const { dataset } = await first['dataset.open']({ grants: ['file'] }, context);
  await first['dataset.open']({ grants: ['file'] }, context);
  await second['dataset.open']({ grants: ['file'] }, context);
  await first['dataset.close']({ dataset }, context);
  await first['dataset.close']({ dataset }, context);
  await first.release();
  expect(engine.dataset(dataset).id).toBe(dataset);
  await second.release();
  expect(() => engine.dataset(dataset)).toThrow(/not open any more/);
});

test('what was not granted is not opened', async () => {
  await expect(page()['dataset.open']({ grants: [file] }, context)).rejects.toMatchObject({ code: 'not-found' });
});
