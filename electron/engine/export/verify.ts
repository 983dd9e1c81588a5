import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Check } from '#shared/model/export.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import type { Pace } from './pace.ts';
import type { PreparedExport } from './prepare.ts';
import type { Written } from './writers/format.ts';

/** A data file that has been written, under the name it has now and the one it will have. */
export interface DataFile extends Written {
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
    const content = createHash('sha256');
    let rows = 0;
    let fault: string | undefined;
    for await (const text of format(settings).read(file.path)) {
      const waiting = pace.step({ phase: 'verify', done: done++, total, bytesWritten, bytesDone, bytesTotal });
      bytesDone += Buffer.byteLength(text);
      if (waiting) await waiting;
      rows++;
      content.update(`${text}\n`);
      if (check) fault ??= faultOf(text, (row) => check(row, settings), rows);
    }
    checks.push(
      { name: `${file.name}: every row is there`, ok: rows === file.rows, detail: `${rows} read back, ${file.rows} written` },
      { name: `${file.name}: every row reads back as it was written`, ok: content.digest('hex') === file.content },
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

function faultOf(text: string, check: (row: JsonObject) => string | undefined, number: number): string | undefined {
  const row: JsonValue = JSON.parse(text);
  const fault = isJsonObject(row) ? check(row) : 'it is no object';
  return fault === undefined ? undefined : `row ${number}: ${fault}`;
}
