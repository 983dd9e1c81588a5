import { closeSync, openSync, readSync } from 'node:fs';

const chunkBytes = 1 << 20;
const newline = 0x0a;

function* chunks(file: string): Generator<Buffer> {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let read; (read = readSync(descriptor, buffer)) > 0;) yield buffer.subarray(0, read);
  } finally {
    closeSync(descriptor);
  }
}

/** The least that any reader of lines does: read the file and find its newlines. */
export function countNewlines(file: string): { seconds: number; lines: number } {
  const started = performance.now();
  let lines = 0;
  for (const chunk of chunks(file)) for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) lines++;
  return { seconds: (performance.now() - started) / 1000, lines };
}

/** What a script in Node would do: `JSON.parse` of each line, looking at one field. Lines that are no JSON are skipped. */
export function parseLines(file: string): { seconds: number; rows: number; rewards: number } {
  const started = performance.now();
  let rows = 0;
  let rewards = 0;
  const take = (line: string): void => {
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
      rows++;
      if ('reward' in value && typeof value.reward === 'number') rewards++;
    } catch {
      // counted by being left out
    }
  };
  let rest: Buffer[] = [];
  for (const chunk of chunks(file)) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      const tail = chunk.subarray(from, at);
      take((rest.length === 0 ? tail : Buffer.concat([...rest, tail])).toString());
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(Buffer.from(chunk.subarray(from)));
  }
  if (rest.length > 0) take(Buffer.concat(rest).toString());
  return { seconds: (performance.now() - started) / 1000, rows, rewards };
}
