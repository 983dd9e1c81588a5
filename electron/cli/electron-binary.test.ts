import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserCommand } from '../serve/open-browser.ts';
import { findDesktop } from './electron-binary.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rollscope-electron-'));
  await mkdir(path.join(folder, 'app/node_modules/electron/dist'), { recursive: true });
  await mkdir(path.join(folder, 'other'));
  await writeFile(path.join(folder, 'app/node_modules/electron/dist/electron'), '');
  await writeFile(path.join(folder, 'other/electron'), '');
});
afterAll(() => rm(folder, { recursive: true }));

test('the binary is the installed one, or the one that the environment names', () => {
  const app = path.join(folder, 'app');
  const display = { DISPLAY: ':0' };
  expect(findDesktop(app, display, 'linux')).toEqual({ binary: path.join(app, 'node_modules/electron/dist/electron') });
  expect(findDesktop(app, { ...display, ELECTRON_OVERRIDE_DIST_PATH: path.join(folder, 'other') }, 'linux')).toEqual({
    binary: path.join(folder, 'other/electron'),
  });
});

test('what is missing is said', () => {
  const app = path.join(folder, 'app');
  expect(findDesktop(app, {}, 'linux')).toEqual({ missing: 'there is no display' });
  expect(findDesktop(app, { WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toHaveProperty('binary');
  expect(findDesktop(path.join(folder, 'other'), { DISPLAY: ':0' }, 'linux')).toMatchObject({
    missing: expect.stringContaining('Electron is not installed'),
  });
});

test('a browser is opened where there can be one', () => {
  expect(browserCommand('linux', {})).toBeUndefined();
  expect(browserCommand('linux', { DISPLAY: ':0' })).toEqual(['xdg-open']);
  expect(browserCommand('darwin', {})).toEqual(['open']);
});
