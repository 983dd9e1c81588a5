import { spawnSync } from 'node:child_process';

export const hasRipgrep = (): boolean => spawnSync('rg', ['--version'], { stdio: 'ignore' }).status === 0;

/** Lines of the file's bytes that hold a match, counted by ripgrep; it reads bytes, not decoded text. */
export function countWithRipgrep(file: string, pattern: string, options: readonly string[]): { seconds: number; lines: number } {
  const started = performance.now();
  const { stdout, status } = spawnSync('rg', ['--count', '--no-config', ...options, '--', pattern, file], { encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0 && status !== 1) throw new Error(`ripgrep failed with ${status}`);
  return { seconds, lines: Number(stdout.trim() || 0) };
}
