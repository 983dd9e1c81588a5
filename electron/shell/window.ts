import { BrowserWindow, nativeTheme } from 'electron';
import type { JsonStore } from '../host/json-store.ts';
import { rememberPlace, usableBounds, type WindowPlace } from './window-place.ts';

export interface WindowOptions {
  readonly pageUrl: string;
  /** File of the bundled preload script. */
  readonly preload: string;
  readonly places: JsonStore<WindowPlace>;
}

/** Opens the window: sandboxed, isolated, without Node. It shows itself when there is something to see. */
export async function openWindow({ pageUrl, preload, places }: WindowOptions): Promise<BrowserWindow> {
  const place = await places.read();
  const window = new BrowserWindow({
    ...usableBounds(place),
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Rollscope',
    // What shows for a moment before the page has painted: the page's own backgrounds.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181b' : '#ffffff',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  });
  if (place.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  rememberPlace(window, places);
  await window.loadURL(pageUrl);
  return window;
}

/** The window to talk to: the one in front, else any. */
export function currentWindow(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}
