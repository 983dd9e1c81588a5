import { createReadStream } from 'node:fs';
import { writeJson } from '#shared/model/json.ts';
import { completeRow, type FileFormat } from './format.ts';

const newline = 10;
const readBytes = 1 << 20;
const utf8 = new TextEncoder();

/** One JSON text a line, exactly one newline each: a blank line would corrupt the whole file for some loaders. */
export const jsonLines: FileFormat = {
  extension: 'jsonl',
  blockRows: 5000,
  blockBytes: 1 << 20,
  head: () => new Uint8Array(),
  block(columns) {
    const lines: string[] = [];
    return {
      add: (row) => void lines.push(writeJson(completeRow(row, columns)), '\n'),
      end() {
        return { bytes: utf8.encode(lines.join('')), rows: lines.length / 2 };
      },
    };
  },
  tail: () => new Uint8Array(),
  read: readLines,
};

/** Splits at newlines only: U+2028 and its like may stand in a text. Fails where the last line has none. */
async function* readLines(path: string): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: readBytes })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a stream without encoding gives buffers');
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]).toString('utf8');
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) throw new Error('the last line has no newline');
}
