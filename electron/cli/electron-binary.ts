import { existsSync } from 'node:fs';
import path from 'node:path';

/** What starts the desktop app, or the reason why it cannot be started here. */
export type Desktop = { readonly binary: string } | { readonly missing: string };

const programs: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * Looks for Electron's binary without downloading it (which importing `electron` would try), and for a display to show
 * it on. `app` is the folder of package.json.
 */
export function findDesktop(app: string, env: NodeJS.ProcessEnv, platform = process.platform): Desktop {
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'] || path.join(app, 'node_modules/electron/dist');
  const binary = path.join(folder, programs[platform] ?? 'electron');
  if (!existsSync(binary)) return { missing: `Electron is not installed (no ${binary})` };
  const hasDisplay = platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  return hasDisplay ? { binary } : { missing: 'there is no display' };
}
