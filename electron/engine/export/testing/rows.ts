import path from 'node:path';
import { readFileSync } from 'node:fs';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { parseJson } from '#shared/model/json.ts';
import type { OptionValue } from '#shared/model/recipe.ts';
import type { Manifest } from '#shared/model/export.ts';
import { runExport } from '../run.ts';
import { readArrowTexts } from '../writers/arrow-reader.ts';
import { memorySource, recipeOf, temporaryFolder } from './source.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The rows of a data file, JSON values parsed without loss: read by the library, by none of our code; Arrow by what reads exports back. */
export async function rowsOf(folder: string, name: string): Promise<Record<string, unknown>[]> {
  const file = path.join(folder, name);
  if (name.endsWith('.parquet')) {
    const parsers = {
      jsonFromBytes: (bytes: Uint8Array) => parseJson(utf8.decode(bytes)),
      // The library's own would take a byte order mark away.
      stringFromBytes: (bytes: Uint8Array) => utf8.decode(bytes),
    };
    return await parquetReadObjects({ file: await asyncBufferFromFile(file), parsers });
  }
  if (name.endsWith('.arrow')) {
    const rows = [];
    for await (const row of readArrowTexts(file)) rows.push(row);
    return rows;
  }
  const lines = readFileSync(file, 'utf8').split('\n');
  if (lines.pop() !== '') throw new Error('the last line has no newline');
  return lines.map((line) => Object.fromEntries(Object.entries(parseJson(line) ?? {})));
}

export interface Made {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Of train.*. */
  readonly rows: Record<string, unknown>[];
  read(name: string): string;
}

/** Exports lines in memory to a folder that goes with the test. */
export async function made(target: string, lines: readonly string[], options: Record<string, OptionValue> = {}): Promise<Made> {
  const folder = temporaryFolder();
  const manifest = await runExport(memorySource(lines), recipeOf(target, options), { folder, overwrite: false });
  const train = manifest.files[0]?.path ?? '';
  return { folder, manifest, rows: await rowsOf(folder, train), read: (name) => readFileSync(path.join(folder, name), 'utf8') };
}
