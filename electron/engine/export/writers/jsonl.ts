import { createReadStream } from 'node:fs';
import { writeJson } from '#shared/model/json.ts';
import type { OutputColumn } from '../types.ts';
import { completeRow, type FileFormat } from './format.ts';
import { objectFields } from './json-parts.ts';

const newline = 10;
const readBytes = 1 << 20;
const utf8 = new TextEncoder();
const [newlineBytes, nullBytes, endBytes] = [Buffer.from('\n'), Buffer.from('null'), Buffer.from('}\n')];

/** One JSON text a line, exactly one newline each: a blank line would corrupt the whole file for some loaders. */
export const jsonLines: FileFormat = {
  extension: 'jsonl',
  blockRows: 5000,
  blockBytes: 1 << 20,
  head: () => new Uint8Array(),
  block(columns) {
    const lines: Uint8Array[] = [];
    return {
      add: (row) => void lines.push(utf8.encode(`${writeJson(completeRow(row, columns))}\n`)),
      addText: (row) => void lines.push(completeLine(row, columns)),
      end: () => ({ bytes: wholeBuffer(lines), rows: lines.length }),
    };
  },
  tail: () => new Uint8Array(),
  read: readLines,
};

/** The text of a row with all columns, and a newline. */
function completeLine(row: Buffer, columns: readonly OutputColumn[] | undefined): Buffer {
  if (!columns) return Buffer.concat([row, newlineBytes]);
  const fields = objectFields(row);
  const parts = columns.flatMap(({ name }, i) => {
    const span = fields.get(name);
    return [Buffer.from(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`), span ? row.subarray(span.start, span.end) : nullBytes];
  });
  return Buffer.concat([...parts, endBytes]);
}

/** In a buffer of its own, so that it can be handed to another thread. */
function wholeBuffer(parts: readonly Uint8Array[]): Uint8Array {
  const whole = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

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
