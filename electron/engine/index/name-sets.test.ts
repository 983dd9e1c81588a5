import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSource } from '../source/index.ts';
import { readDataset } from './read-dataset.ts';
import type { RowIndex } from './types.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
async function indexOf(rows: readonly unknown[]): Promise<RowIndex> {
  const file = path.join(folder, `${files++}.jsonl`);
  writeFileSync(file, rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''));
  const { index, done } = readDataset([openSource(file)]);
  await done;
  return index;
}

const namesOf = (index: RowIndex, which: 'called' | 'offered'): string[][] => {
  const { values, sets, setOf } = index.names(which);
  return [...setOf].map((set) => [...(sets[set] ?? [])].map((code) => values[code] ?? '').sort());
};

const calls = (...names: string[]): object => ({ response: { output: names.map((name) => ({ type: 'function_call', name })) } });

test('names called and offered, each set once whatever the order', async () => {
  const index = await indexOf([
    calls('search', 'open', 'search'),
    calls('open', 'search'),
    'no json',
    { responses_create_params: { input: [], tools: [{ name: 'open' }, { type: 'function', function: { name: 'é"' } }] } },
    { response: { output: [{ role: 'assistant', tool_calls: [{ function: { name: 'open' } }] }] } },
  ]);
  expect(namesOf(index, 'called')).toEqual([['open', 'search'], ['open', 'search'], [], [], ['open']]);
  expect(namesOf(index, 'offered')).toEqual([[], [], [], ['open', 'é"'], []]);
  const { sets, setOf } = index.names('called');
  expect(sets.length).toBe(3);
  expect(setOf[0]).toBe(setOf[1]);
  expect(index.columns().map(({ name }) => name)).not.toContain('(names called)');
});

test('sets that find no room in the scan are read from their lines', async () => {
  const many = Array.from({ length: 300 }, (_, i) => `tool ${i}`);
  const rows = [calls(...many), calls('x'.repeat(5000)), calls('a\nb', 'a'), calls('a', 'b')];
  const index = await indexOf(rows);
  expect(namesOf(index, 'called')).toEqual([[...many].sort(), ['x'.repeat(5000)], ['a', 'a\nb'], ['a', 'b']]);
});
