// `npm start -- PATH…`: the `rollscope` command of this checkout, built first where that has not been done.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const cli = path.join(root, '.vite/build/cli.cjs');
const built = [cli, path.join(root, '.vite/build/engine-worker.cjs'), path.join(root, '.vite/renderer/main_window/index.html')];

if (!built.every((file) => existsSync(file))) {
  console.error('Building Rollscope…');
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

fetchElectron();

/**
 * The electron package comes without its binary, which it fetches when first asked for. Without a display nobody needs it, and
 * where it cannot be fetched the command says that it is missing and serves the app to a browser.
 */
function fetchElectron() {
  const { platform, env } = process;
  const folder = path.join(root, 'node_modules/electron');
  const hasDisplay = platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  if (!hasDisplay || env['ELECTRON_OVERRIDE_DIST_PATH'] || existsSync(path.join(folder, 'dist'))) return;
  console.error('Fetching Electron, this once…');
  spawnSync(process.execPath, [path.join(folder, 'install.js')], { cwd: folder, stdio: 'ignore', timeout: 300_000 });
}

// npm runs scripts in the project's folder; paths are meant from where it was called.
const child = spawn(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit', cwd: process.env['INIT_CWD'] ?? process.cwd() });
// A terminal's Ctrl-C reaches the command itself, which decides how to end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
