import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/source.ts';
import { arrow } from './arrow.ts';

async function roundTrip(names: readonly string[], rows: readonly Record<string, string | null>[]): Promise<unknown[]> {
  const file = path.join(temporaryFolder(), 'train.arrow');
  const columns = names.map((name) => ({ name, kind: 'text' }) as const);
  const blocks = [];
  for (let from = 0; from < rows.length; from += 1000) {
    const block = arrow.block(columns);
    for (const row of rows.slice(from, from + 1000)) block.add(row);
    blocks.push(block.end().bytes);
  }
  writeFileSync(file, Buffer.concat([arrow.head(columns), ...blocks, arrow.tail(columns, [])]));
  const read: unknown[] = [];
  for await (const text of arrow.read(file)) read.push(JSON.parse(text.toString('utf8')));
  return read;
}

test('texts, empty texts and nulls of several columns, in several batches', async () => {
  const rows = Array.from({ length: 2500 }, (_, i) => ({
    a: `row ${i} 你好 \u0000`,
    b: i % 3 === 0 ? null : '',
    'long name of a column': 'x'.repeat(i % 9),
  }));
  expect(await roundTrip(['a', 'b', 'long name of a column'], rows)).toEqual(rows);
});

test('no rows at all', async () => {
  expect(await roundTrip(['text'], [])).toEqual([]);
});
