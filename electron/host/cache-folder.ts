import os from 'node:os';
import path from 'node:path';

/** Where what can be made again is kept for the user: indexes of files. ROLLSCOPE_CACHE_DIR names another folder. */
export function cacheFolder(platform = process.platform, env: NodeJS.ProcessEnv = process.env, home = os.homedir()): string {
  const named = env['ROLLSCOPE_CACHE_DIR'];
  if (named) return path.resolve(named);
  switch (platform) {
    case 'darwin':
      return path.join(home, 'Library/Caches/Rollscope');
    case 'win32':
      return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData/Local'), 'Rollscope', 'Cache');
    default:
      return path.join(env['XDG_CACHE_HOME'] || path.join(home, '.cache'), 'rollscope');
  }
}
