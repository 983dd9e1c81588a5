import { once } from 'node:events';
import type { Context } from './context.ts';

/** Pieces that are gathered before they are written. */
const chunkChars = 1 << 16;

/** Writes a long result piece by piece, no faster than its reader takes it. Ends early when the reader is gone or the command stopped. */
export async function print(pieces: Iterable<string>, { stdout, signal }: Context): Promise<void> {
  let chunk = '';
  const flush = async (): Promise<void> => {
    const isFull = !stdout.write(chunk);
    chunk = '';
    if (isFull && !signal.aborted) await once(stdout, 'drain', { signal }).catch(() => undefined);
  };
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkChars) continue;
    await flush();
    if (signal.aborted) return;
  }
  if (chunk !== '') await flush();
}
