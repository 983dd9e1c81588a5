/** Composition root of the desktop app. */
import path from 'node:path';
import { app, BrowserWindow, ipcMain } from 'electron';
import { cacheFolder } from './host/cache-folder.ts';
import { dataFolder } from './host/data-folder.ts';
import { registerAppScheme, serveAppScheme } from './shell/app-protocol.ts';
import { desktopArguments } from './shell/arguments.ts';
import { createDesktop, type Desktop } from './shell/desktop.ts';
import { acceptDrops } from './shell/drops.ts';
import { acceptPages } from './shell/ipc-pages.ts';
import { setMenu } from './shell/menu.ts';
import { denyPermissions, enforcePolicy } from './shell/policy.ts';
import { isFirstInstance } from './shell/single-instance.ts';
import { windowPlaces } from './shell/window-place.ts';
import { openWindow } from './shell/window.ts';

/** Put there by electron-forge while developing. */
declare const MAIN_WINDOW_VITE_DEV_SERVER_URL: string | undefined;
const devServer = typeof MAIN_WINDOW_VITE_DEV_SERVER_URL === 'undefined' ? undefined : MAIN_WINDOW_VITE_DEV_SERVER_URL;

const folder = dataFolder();
app.setPath('userData', folder);
registerAppScheme();
const policy = enforcePolicy(devServer);
const { paths, threads, cache } = desktopArguments(process.argv, { isPackaged: app.isPackaged, cwd: process.cwd() });

if (isFirstInstance(paths, (more) => void started?.open(more))) void app.whenReady().then(start);
else app.quit();

let started: Desktop | undefined;

async function start(): Promise<void> {
  denyPermissions();
  serveAppScheme(path.join(__dirname, '../renderer/main_window'));

  const desktop = createDesktop({
    engineWorker: path.join(__dirname, 'engine-worker.cjs'),
    scanThread: path.join(__dirname, 'scan-thread.cjs'),
    sample: path.join(__dirname, 'sample.jsonl'),
    folder,
    paths,
    threads,
    cacheFolder: cache ? cacheFolder() : undefined,
  });
  started = desktop;
  acceptPages(ipcMain, policy.isTrusted, desktop.connect);
  acceptDrops(ipcMain, policy.isTrusted, (dropped) => void desktop.open(dropped));
  setMenu((chosen) => void desktop.open(chosen));

  const places = windowPlaces(folder);
  const open = async (): Promise<void> => {
    await openWindow({ pageUrl: policy.pageUrl, preload: path.join(__dirname, 'preload.cjs'), places });
  };
  app.on('open-file', (event, file) => {
    event.preventDefault();
    void desktop.open([file]);
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.once('will-quit', (event) => {
    // What is being written is finished or removed before the process ends.
    event.preventDefault();
    void desktop.close().finally(() => app.quit());
  });
  await open();
}
