import { createReadStream } from 'node:fs';
import { writeJson } from '#shared/model/json.ts';
import { ByteSink } from './byte-sink.ts';
import { completeRow, type FileFormat } from './format.ts';
import type { RowParts } from './row-parts.ts';

const newline = 10;
const readBytes = 1 << 20;
const [newlineBytes, nullBytes, endBytes] = [Buffer.from('\n'), Buffer.from('null'), Buffer.from('}')];

/** One JSON text a line, exactly one newline each: a blank line would corrupt the whole file for some loaders. */
export const jsonLines: FileFormat = {
  extension: 'jsonl',
  blockRows: 5000,
  blockBytes: 1 << 20,
  memory: 2 << 20,
  head: () => new Uint8Array(),
  block(columns, into) {
    const lines = new ByteSink(into);
    const parts = columns?.map(({ name }, i) => ({ name, begin: Buffer.from(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`) }));
    let rows = 0;
    return {
      add(row) {
        lines.text(`${writeJson(completeRow(row, columns))}\n`);
        rows++;
      },
      addParts(row) {
        if (parts) completeLine(row, parts, lines);
        else lines.bytes(row.text);
        lines.bytes(newlineBytes);
        rows++;
      },
      end: () => ({ bytes: lines.written(), rows }),
    };
  },
  tail: () => new Uint8Array(),
  read: readLines,
};

/** Appends the text of a row with all columns. */
function completeLine(row: RowParts, columns: readonly { readonly name: string; readonly begin: Uint8Array }[], out: ByteSink): void {
  for (const { name, begin } of columns) {
    out.bytes(begin);
    out.bytes(row.value(name) ?? nullBytes);
  }
  out.bytes(endBytes);
}

/** Splits at newlines only: U+2028 and its like may stand in a text. Fails where the last line has none. */
async function* readLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: readBytes })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a stream without encoding gives buffers');
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const line = chunk.subarray(start, end + 1);
      yield rest.length === 0 ? line : Buffer.concat([...rest, line]);
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) throw new Error('the last line has no newline');
}
