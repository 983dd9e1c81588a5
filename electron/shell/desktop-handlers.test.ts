import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Grants } from '../host/grants.ts';
import { insideGranted } from './desktop-handlers.ts';

vi.mock('electron', () => ({}));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rollscope-reveal-'));
  await mkdir(path.join(folder, 'out/sft'), { recursive: true });
  await writeFile(path.join(folder, 'secret'), '');
});
afterAll(() => rm(folder, { recursive: true }));

test('only what lies in a granted folder is shown', async () => {
  const grants = new Grants(async () => undefined);
  const { grant } = await grants.folder(path.join(folder, 'out'));
  expect(insideGranted(grants, grant, 'sft')).toBe(path.join(folder, 'out/sft'));
  for (const name of ['..', '.', '../secret', 'sft/../../secret', '..\\secret', 'sft\0']) {
    expect(() => insideGranted(grants, grant, name)).toThrow(/Only an export/);
  }
  expect(() => insideGranted(grants, grant, 'dpo')).toThrow(/not there any more/);
  const files = await grants.files([path.join(folder, 'secret')]);
  expect(() => insideGranted(grants, files.grant, 'secret')).toThrow(/Only an export/);
  expect(() => insideGranted(grants, folder, 'out')).toThrow(/not granted/);
});
