import { spawn } from 'node:child_process';

/** The command that opens an address in the user's browser; undefined where there can be none. */
export function browserCommand(platform = process.platform, env: NodeJS.ProcessEnv = process.env): readonly string[] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
}

/** Tries; where it fails the user has the printed address. Other users of the machine can see `url`: it should work once. */
export function openBrowser(url: string): void {
  const [command, ...args] = browserCommand() ?? [];
  if (command === undefined) return;
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
