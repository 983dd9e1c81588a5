import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { asyncBufferFromFile, parquetReadObjects, type SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { seededRandom } from '../../select/index.ts';
import { temporaryFolder } from '../testing/source.ts';
import type { Fields, OutputColumn } from '../types.ts';
import type { PlacedBlock } from './format.ts';
import { parquet } from './parquet.ts';
import { readParquet } from './parquet-reader.ts';

const columns: readonly OutputColumn[] = [
  { name: 'messages', kind: 'messages' },
  { name: 'text', kind: 'text' },
  { name: 'same', kind: 'text' },
  { name: 'json', kind: 'json' },
  { name: 'list', kind: 'json-list' },
  { name: 'number', kind: 'number' },
  { name: 'boolean', kind: 'boolean' },
];

const random = seededRandom(11);
const some = <T>(value: () => T): T | null => (random() < 0.2 ? null : value());
const words = (most: number): string => 'wörd\u{1F600} '.repeat(random() * most) + random();
const list = <T>(most: number, of: () => T): T[] => Array.from({ length: random() * most }, of);

function message(): object {
  const role = random() < 0.5 ? 'user' : 'assistant';
  const calls = list(3, () => ({ id: words(2), type: 'function', function: { name: 'f', arguments: JSON.stringify({ a: random() }) } }));
  return {
    role,
    content: words(30),
    ...(random() < 0.3 && { reasoning_content: '' }),
    ...(random() < 0.5 && { tool_calls: calls }),
    ...(random() < 0.1 && { name: 'n' }),
  };
}

const row = (): Fields => ({
  messages: some(() => list(6, message)),
  text: some(() => words(400)),
  same: some(() => (random() < 0.9 ? 'one of two' : 'the other')),
  json: some(() => ({ deep: [random(), { a: null }] })),
  list: some(() => list(5, () => ({ a: words(3) }))),
  number: some(random),
  boolean: some(() => random() < 0.5),
});

function fileOf(groups: readonly (readonly Fields[])[]): string {
  const file = path.join(temporaryFolder(), 'a.parquet');
  const parts = [parquet.head(columns)];
  const placed: PlacedBlock[] = [];
  let start = parts[0]?.length ?? 0;
  for (const rows of groups) {
    const block = parquet.block(columns);
    for (const each of rows) block.add(each);
    const { bytes, ...written } = block.end();
    placed.push({ ...written, start });
    parts.push(bytes);
    start += bytes.length;
  }
  writeFileSync(file, Buffer.concat([...parts, parquet.tail(columns, placed)]));
  return file;
}

async function textsOf(file: string): Promise<unknown[]> {
  const texts = [];
  for await (const text of readParquet(file)) texts.push(JSON.parse(text.toString('utf8')));
  return texts;
}

test('rows of several groups and pages are those that were written, and those that the library puts together', async () => {
  const groups = [1500, 1, 300].map((length) => Array.from({ length }, row));
  const file = fileOf(groups);
  const read = await textsOf(file);
  expect(read).toEqual(groups.flat());
  const byLibrary = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
  const withoutNulls = (_key: string, value: unknown): unknown => (value === null ? undefined : value);
  const plain = (rows: unknown): unknown => JSON.parse(JSON.stringify(rows, withoutNulls));
  expect(plain(read)).toEqual(plain(byLibrary));
});

/** A file of one column by the library, whatever is done to it before its end. */
function oddFile(element: Partial<SchemaElement>, data: unknown[], spoil: (writer: ParquetWriter) => void = () => undefined): string {
  const file = path.join(temporaryFolder(), 'odd.parquet');
  const sink = new ByteWriter();
  const column: SchemaElement = { name: 'a', repetition_type: 'OPTIONAL', ...element };
  const writer = new ParquetWriter({ writer: sink, schema: [{ name: 'root', num_children: 1 }, column] });
  void writer.write({ columnData: [{ name: 'a', data }], rowGroupSize: data.length });
  spoil(writer);
  void writer.finish();
  writeFileSync(file, sink.getBytes());
  return file;
}

test('more rows or fewer than there are values, and kinds of values that are never written, are found out', async () => {
  const numbers = [1.5, null, 2, 3];
  expect(await textsOf(oddFile({ type: 'DOUBLE' }, numbers))).toEqual(numbers.map((a) => ({ a })));
  for (const rows of [3n, 5n]) {
    const file = oddFile({ type: 'DOUBLE' }, numbers, ({ row_groups: [group] }) => {
      if (group) group.num_rows = rows;
    });
    await expect(textsOf(file)).rejects.toThrow('values that were not written');
  }
  await expect(textsOf(oddFile({ type: 'INT32' }, [1, 2]))).rejects.toThrow('values that were not written');
});
