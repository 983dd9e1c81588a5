import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { Query } from '#shared/model/query.ts';
import type { ViewFile, ViewFormat, ViewProgress } from '#shared/model/view-file.ts';
import type { JobOptions } from '../api.ts';
import { writing } from '../export/index.ts';
import type { Column } from '../index/types.ts';
import { inSlices, nextTurn, sliceMs } from '../jobs/index.ts';
import { findColumn, type QueryIndex, queryRows } from '../query/index.ts';
import { type StoredAs, storedAs } from './column-types.ts';
import { CsvWriter, ParquetViewWriter, type ViewWriter } from './view-writer.ts';
import { wholeValue } from './whole-value.ts';

export interface SaveRequest {
  readonly query: Query;
  readonly columns: readonly string[];
  readonly format: ViewFormat;
}

const reportMs = 100;

/**
 * Writes the rows of a query, in its order, with these columns, every value whole. The file has its name only when all of it is
 * on the disk. Fails with bad-input, `exists`, `unwritable`, `changed` or `cancelled`, and then leaves nothing.
 */
export async function saveView(
  index: QueryIndex,
  { query, columns, format }: SaveRequest,
  out: { readonly file: string; readonly overwrite: boolean },
  job: JobOptions<ViewProgress> = {},
): Promise<ViewFile> {
  // Whatever may be replaced is at least no file of rollouts.
  if (!out.file.endsWith(`.${format}`)) throw new AppError('bad-input', `The name must end with .${format}.`);
  const found = columns.map((name) => ({ name, column: findColumn(index, name) }));
  const rows = queryRows(index, query);
  const types = format === 'parquet' ? await typesOf(found, rows, job) : [];
  return await writing(path.dirname(out.file), async () => {
    const partial = `${out.file}.partial`;
    if (!out.overwrite && (await stat(out.file).catch(() => null))) {
      throw new AppError('exists', `There is a file ${path.basename(out.file)} already. Choose another name, or replace it.`);
    }
    await rm(partial, { force: true });
    const file = await open(partial, 'wx');
    try {
      const names = found.map(({ name }) => name);
      const writer =
        format === 'csv'
          ? new CsvWriter(file, names)
          : new ParquetViewWriter(
              file,
              names.map((name, i) => ({ name, as: types[i] ?? 'json' })),
            );
      await writeRows(index, rows, found, writer, job);
      await file.sync();
      await file.close();
      await rename(partial, out.file);
      return { name: path.basename(out.file), rows: rows.length, bytes: writer.bytes };
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(partial, { force: true });
      throw error;
    }
  });
}

interface Found {
  readonly name: string;
  /** Undefined: no row has it. */
  readonly column: Column | undefined;
}

async function writeRows(
  index: QueryIndex,
  rows: Uint32Array,
  columns: readonly Found[],
  writer: ViewWriter,
  { signal, client, onProgress }: JobOptions<ViewProgress>,
): Promise<void> {
  let sliceEnds = 0;
  let reportAt = 0;
  for (const [done, row] of rows.entries()) {
    const now = performance.now();
    if (now >= sliceEnds) {
      if (signal?.aborted === true) throw new AppError('cancelled', 'Cancelled.');
      if (now >= reportAt) {
        onProgress?.({ rowsDone: done, rowsTotal: rows.length, bytesWritten: writer.bytes });
        reportAt = now + reportMs;
      }
      await nextTurn(client);
      sliceEnds = performance.now() + sliceMs;
    }
    const waiting = writer.add(columns.map(({ column }) => column && wholeValue(index, column, row)));
    if (waiting) await waiting;
  }
  await writer.end();
}

async function typesOf(columns: readonly Found[], rows: Uint32Array, { signal, client }: JobOptions<never>): Promise<StoredAs[]> {
  function* steps(): Generator<void, StoredAs[]> {
    const types: StoredAs[] = [];
    for (const { column } of columns) {
      types.push(column === undefined ? 'json' : storedAs(column, rows));
      yield;
    }
    return types;
  }
  const types = await inSlices(steps(), () => signal?.aborted === true, client);
  if (types === undefined) throw new AppError('cancelled', 'Cancelled.');
  return types;
}
