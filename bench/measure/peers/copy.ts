import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, openSync, readSync, rmSync } from 'node:fs';

/** What a careful person would do by hand: `cp`, fsync, sha256sum. */
export function copySyncHash(from: string, to: string): { seconds: number } {
  const started = performance.now();
  copyFileSync(from, to);
  const file = openSync(to, 'r+');
  fsyncSync(file);
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1 << 20);
  for (let read; (read = readSync(file, buffer)) > 0;) hash.update(buffer.subarray(0, read));
  hash.digest('hex');
  closeSync(file);
  const seconds = (performance.now() - started) / 1000;
  rmSync(to);
  return { seconds };
}
