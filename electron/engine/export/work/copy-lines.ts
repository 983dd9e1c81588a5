import { writeSync } from 'node:fs';
import { writingError } from '../writing-errors.ts';
import type { CopyRequest } from './messages.ts';
import { readFrom } from './sent-files.ts';

const newline = 10;

/** Copies lines from file to file, and gives their bytes, for whoever takes their hash. */
export function copyLines({ from, newlines, to, into }: CopyRequest): Uint8Array {
  const more = newlines ? 1 : 0;
  const bytes = new Uint8Array(
    into,
    0,
    from.reduce((sum, { start, end }) => sum + end - start + more, 0),
  );
  let at = 0;
  for (const { start, end, ...file } of from) {
    readFrom(file, bytes.subarray(at, at + end - start), start);
    at += end - start;
    if (newlines) bytes[at++] = newline;
  }
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(to.fd, bytes, done, bytes.length - done, to.at + done);
  } catch (error) {
    throw writingError(to.folder, error);
  }
  return bytes;
}
