import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Check } from '#shared/model/export.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import type { Pace } from './pace.ts';
import type { PreparedExport } from './prepare.ts';
import type { Block } from './writers/format.ts';

/** A data file that has been written, under the name it has now and the one it will have. */
export interface DataFile {
  readonly rows: number;
  readonly bytes: number;
  /** Bytes of planned JSON text. */
  readonly text: number;
  /** sha256, in hex. */
  readonly sha256: string;
  readonly blocks: readonly Pick<Block, 'rows' | 'content'>[];
  readonly name: string;
  readonly path: string;
}

/** sha256, in hex, of a file as it lies on the disk. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/** Reads files back: as many rows as were written, each with the same text, and nothing that the trainer would refuse. */
export async function verifyFiles(
  { target: { info, format, check }, settings, bytes: bytesTotal }: PreparedExport,
  files: readonly DataFile[],
  pace: Pace,
): Promise<Check[]> {
  const total = files.reduce((sum, { rows }) => sum + rows, 0);
  const bytesWritten = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const checks: Check[] = [];
  let done = 0;
  let bytesDone = 0;
  for (const file of files) {
    const content = new ContentCheck(file);
    let rows = 0;
    let fault: string | undefined;
    for await (const text of format(settings).read(file.path)) {
      const waiting = pace.step({ phase: 'verify', done: done++, total, bytesWritten, bytesDone, bytesTotal });
      bytesDone += text.length - 1;
      if (waiting) await waiting;
      rows++;
      content.add(text);
      if (check) fault ??= faultOf(text, (row) => check(row, settings), rows);
    }
    checks.push(
      {
        name: `${file.name}: every row is there`,
        ok: rows === file.rows,
        detail: `${rows.toLocaleString('en-US')} read back, ${file.rows.toLocaleString('en-US')} written`,
      },
      { name: `${file.name}: every row reads back as it was written`, ok: content.end() },
    );
    if (check)
      checks.push({
        name: `${file.name}: every row fits ${info.target}`,
        ok: fault === undefined,
        ...(fault !== undefined && { detail: fault }),
      });
  }
  return checks;
}

/** Whether texts are those that were written, block for block. */
class ContentCheck {
  private readonly expected: { readonly rows: number; readonly content: string }[];
  private hash = createHash('sha256');
  private rows = 0;
  private isSame = true;

  constructor({ rows, sha256, blocks }: DataFile) {
    const isOwn = blocks.every(({ content }) => content === undefined);
    this.expected = isOwn ? [{ rows, content: sha256 }] : blocks.map((block) => ({ rows: block.rows, content: block.content ?? '' }));
  }

  add(text: Uint8Array): void {
    this.hash.update(text);
    this.rows++;
    const [block] = this.expected;
    if (this.rows !== block?.rows) return;
    this.isSame &&= this.hash.digest('hex') === block.content;
    this.expected.shift();
    this.hash = createHash('sha256');
    this.rows = 0;
  }

  end(): boolean {
    return this.isSame && this.expected.every(({ rows }) => rows === 0) && this.rows === 0;
  }
}

function faultOf(text: Buffer, check: (row: JsonObject) => string | undefined, number: number): string | undefined {
  const row = jsonOf(text.toString('utf8'));
  const fault = row === undefined ? 'it is no JSON' : isJsonObject(row) ? check(row) : 'it is no object';
  return fault === undefined ? undefined : `row ${number}: ${fault}`;
}

/** Undefined for a blank line, a byte order mark, and whatever else is no JSON. */
function jsonOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
