import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { seededRandom } from '../../select/index.ts';
import { columnForms } from './parquet-columns.ts';
import { Shredder } from './parquet-shredder.ts';

const random = seededRandom(5);
const some = <T>(value: () => T): T | null => (random() < 0.2 ? null : value());
const list = <T>(most: number, of: () => T): T[] => Array.from({ length: random() * most }, of);
const bytes = (text: string): Uint8Array => Buffer.from(text);
const words = (most: number): string => `${'wörd\u{1F600} '.repeat(random() * most)}${random()}`;

function message(kinds: number, most: number): object {
  const one = (): string => `${'ä'.repeat(most)}${Math.floor(random() * kinds)}`;
  const calls = list(3, () => some(() => ({ id: some(one), function: some(() => ({ name: 'f', arguments: words(3) })) })));
  return {
    role: one(),
    content: some(() => words(most)),
    ...(random() < 0.5 && { tool_calls: calls }),
    ...(random() < 0.1 && { name: '' }),
  };
}

const kinds = ['messages', 'text', 'text', 'json', 'json-list', 'number', 'boolean'] as const;
const schema: SchemaElement[] = [
  { name: 'root', num_children: kinds.length },
  ...kinds.flatMap((kind, i) => columnForms[kind].schema(`column ${i}`, false)),
];

/** `different`: how many values there are where they repeat. */
function rowsOf(length: number, different: number, most: number): unknown[][] {
  const same = (): string => `${Math.floor(random() * different)}`.padStart(9, 'é');
  return Array.from({ length }, () => [
    some(() => list(6, () => message(different, most))),
    some(() => words(most * 10)),
    some(same),
    some(() => bytes(same())),
    some(() => list(5, () => bytes(words(3)))),
    some(() => Math.floor(random() * different)),
    some(() => random() < 0.5),
  ]);
}

function byLibrary(rows: readonly (readonly unknown[])[]): { bytes: Buffer; group: unknown; pages: unknown } {
  const sink = new ByteWriter();
  const writer = new ParquetWriter({ writer: sink, schema, statistics: false });
  // The mark at the beginning of a file is none of a group.
  sink.index = sink.offset = 0;
  void writer.write({
    columnData: kinds.map((_, i) => ({ name: `column ${i}`, data: rows.map((row) => row[i]) })),
    rowGroupSize: rows.length,
  });
  return {
    bytes: Buffer.from(sink.getBytes()),
    group: writer.row_groups[0],
    pages: writer.pendingIndexes.map(({ offsetIndex }) => offsetIndex),
  };
}

test('row groups, one after another, are those that the library makes, byte for byte', () => {
  const shredder = new Shredder(schema);
  let [plain, dictionaries, several] = [0, 0, 0];
  for (let round = 0; round < 60; round++) {
    const rows = rowsOf(1 + random() * (round % 10 === 0 ? 1000 : 60), 1 + random() * 80, round % 10 === 0 ? 300 : 4);
    for (const row of rows) shredder.add(row);
    const expected = byLibrary(rows);
    const { bytes: found, group } = shredder.end();
    expect(Buffer.compare(found, expected.bytes)).toBe(0);
    expect(group).toEqual({ group: expected.group, pages: expected.pages });
    for (const { meta_data: data } of group.group.columns) {
      if (data?.encodings.includes('RLE_DICTIONARY')) dictionaries++;
      else plain++;
    }
    several += group.pages.filter((pages) => pages !== undefined).length;
  }
  // Of each there were many.
  expect(Math.min(plain, dictionaries)).toBeGreaterThan(100);
  expect(several).toBeGreaterThan(5);
});

test.each([[[5]], [['text']], [[[7]]]])('a list that holds %j is refused', (value) => {
  expect(() => new Shredder(schema).add([value, 1])).toThrow(TypeError);
});
