import os from 'node:os';
import path from 'node:path';

/** Where the app keeps what it remembers for the user: settings, recent files, the window's place. */
export function dataFolder(platform = process.platform, env: NodeJS.ProcessEnv = process.env, home = os.homedir()): string {
  switch (platform) {
    case 'darwin':
      return path.join(home, 'Library/Application Support/Rollscope');
    case 'win32':
      return path.join(env['APPDATA'] ?? path.join(home, 'AppData/Roaming'), 'Rollscope');
    default:
      return path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'rollscope');
  }
}
