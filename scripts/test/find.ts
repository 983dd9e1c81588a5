import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { projectRoot } from './project-root.ts';
import { runTool } from './run.ts';

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium to test with: Playwright's own, else the system's. */
export function findBrowser(): string | null {
  const own = chromium.executablePath();
  if (own !== '' && existsSync(own)) return own;
  for (const name of browserNames) {
    const found = findProgram(name);
    if (found !== null) return found;
  }
  return null;
}

/** Tries to download Playwright's browser, saying so. */
export function installBrowser(): string | null {
  console.log('\nNo Chromium found: npx playwright install chromium');
  return runTool('playwright', ['install', 'chromium']) ? findBrowser() : null;
}

/** What the desktop tests need: an Electron, and a display or something that makes one. `missing` says what is not there. */
export function desktopParts(): { electron: string; wrapper: string[] } | { missing: string } {
  const electron = findElectron();
  if (electron === null) {
    return { missing: 'no Electron binary (neither in ELECTRON_OVERRIDE_DIST_PATH nor in node_modules/electron/dist)' };
  }
  if (process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined) {
    return { electron, wrapper: [] };
  }
  const xvfb = findProgram('xvfb-run');
  if (xvfb === null) return { missing: 'no display, and no xvfb-run to make one' };
  return { electron, wrapper: [xvfb, '--auto-servernum', '--server-args=-screen 0 1600x1000x24'] };
}

/** The Electron binary, without downloading it. */
export function findElectron(): string | null {
  const program =
    process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const packaged = path.dirname(createRequire(path.join(projectRoot, 'package.json')).resolve('electron/package.json'));
  const folders = override === undefined ? [path.join(packaged, 'dist')] : [override];
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file)) ?? null;
}

function findProgram(name: string): string | null {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, name + suffix)).find((file) => existsSync(file)) ?? null;
}
