import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findDesktop } from '../../electron/cli/electron-binary.ts';
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
  // Between two windows there is no client: a server that starts anew then turns the next one away.
  return { electron, wrapper: [xvfb, '--auto-servernum', '--server-args=-screen 0 1600x1000x24 -noreset'] };
}

/** The Electron binary that the app itself would start. Whether there is a display is another question: xvfb-run can make one. */
export function findElectron(): string | null {
  const found = findDesktop(projectRoot, { ...process.env, DISPLAY: ':0' });
  return 'binary' in found ? found.binary : null;
}

function findProgram(name: string): string | null {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, name + suffix)).find((file) => existsSync(file)) ?? null;
}
