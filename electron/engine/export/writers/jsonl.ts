import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { writeJson } from '#shared/model/json.ts';
import type { Fields, OutputColumn } from '../types.ts';
import { completeRow, type FileFormat, type RowWriter, type Written } from './format.ts';

const newline = 10;
const flushBytes = 1 << 20;
const syncBytes = 32 << 20;
const utf8 = new TextEncoder();

/** One JSON text a line, exactly one newline each: a blank line would corrupt the whole file for some loaders. */
export const jsonLines: FileFormat = {
  extension: 'jsonl',
  create: (file, columns) => new LineWriter(file, columns),
  read: readLines,
};

class LineWriter implements RowWriter {
  bytes = 0;
  private rows = 0;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private readonly content = createHash('sha256');
  private writing: Promise<void> = Promise.resolve();
  private syncing: Promise<void> = Promise.resolve();
  private unsynced = 0;

  constructor(
    private readonly file: FileHandle,
    private readonly columns: readonly OutputColumn[] | undefined,
  ) {}

  async add(row: Fields | Uint8Array): Promise<void> {
    const text = row instanceof Uint8Array ? row : utf8.encode(writeJson(completeRow(row, this.columns)));
    const line = new Uint8Array(text.length + 1);
    line.set(text);
    line[text.length] = newline;
    this.content.update(line);
    this.waiting.push(line);
    this.waitingBytes += line.length;
    this.rows++;
    if (this.waitingBytes >= flushBytes) await this.flush();
  }

  async addLines(lines: Uint8Array, rows: number): Promise<void> {
    this.content.update(lines);
    this.waiting.push(lines);
    this.waitingBytes += lines.length;
    this.rows += rows;
    if (this.waitingBytes >= flushBytes) await this.flush();
  }

  async end(): Promise<Written> {
    await this.flush();
    await this.writing;
    await this.syncing;
    const content = this.content.digest('hex');
    // A file of lines is its rows, one newline behind each, and nothing else.
    return { rows: this.rows, bytes: this.bytes, content, sha256: content };
  }

  /** The disk is kept busy all along: at the end everything must have reached it. */
  private async write(block: Uint8Array): Promise<void> {
    await this.file.writeFile(block);
    this.unsynced += block.length;
    if (this.unsynced < syncBytes) return;
    this.unsynced = 0;
    await this.syncing;
    this.syncing = this.file.datasync();
    this.syncing.catch(() => undefined); // met at the next await
  }

  private async flush(): Promise<void> {
    const [only] = this.waiting;
    const block = this.waiting.length === 1 && only ? only : Buffer.concat(this.waiting);
    this.waiting = [];
    this.waitingBytes = 0;
    await this.writing;
    this.bytes += block.length;
    // The next rows are read and hashed while these go to the disk.
    this.writing = this.write(block);
    this.writing.catch(() => undefined); // met at the next await
  }
}

/** Splits at newlines only: U+2028 and its like may stand in a text. Fails where the last line has none. */
async function* readLines(path: string): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: flushBytes })) {
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
