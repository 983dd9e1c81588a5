import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { columnFacet, columnHistogram, columnInfos, filterRows, queryRows, readPage } from '../query/index.ts';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { noRowSets, withDerivedColumns } from '../select/index.ts';
import { needsOf, Preparation } from './index.ts';

const lines: readonly MemoryRow[] = [
  {
    id: 0,
    metadata: { difficulty: 3, tags: ['a', { deep: true }] },
    response: { output: [{ type: 'message' }], usage: { details: { cached: 7 } } },
  },
  { id: 1, metadata: { difficulty: 'hard', tags: [] } },
  { id: 2, metadata: null },
  'invalid',
  { id: 3, metadata: { difficulty: null } },
  { id: 4, 'metadata.difficulty': 9, metadata: { difficulty: 9007199254740993n } },
];

/** Rows as an index whose columns are the scalars at the top only, as a scan finds them. */
function indexOf(rows: readonly MemoryRow[]) {
  const top = (row: MemoryRow): MemoryRow => (row === 'invalid' ? row : { id: row['id'] });
  const text = rows.map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `big ${value}` : value)));
  const written = text.map((line) => line.replaceAll(/"big (\d+)"/g, '$1'));
  const memory = Object.assign(memoryIndex(rows.map(top)), {
    readLine: (row: number) => new TextEncoder().encode(written[row]),
    readLines: (wanted: Uint32Array) => new TextEncoder().encode([...wanted].map((row) => `${written[row]}\n`).join('')),
  });
  const prepared = new Preparation(memory);
  const rowSets = { ...noRowSets, textRows: prepared.rowsWith.bind(prepared) };
  const index = withDerivedColumns(memory, ['a'], { rowSets, paths: prepared });
  const read = (conditions: readonly string[], columns: readonly string[] = []): number => {
    let steps = 0;
    for (const _ of prepared.readOn(needsOf(conditions, columns), (name) => memory.column(name) !== undefined)) steps++;
    return steps;
  };
  const kept = (condition: string): number[] => {
    read([condition]);
    return [...filterRows(index, [condition])];
  };
  return { memory, index, read, kept, written };
}

test('a nested path is a column like others once it was read', () => {
  const { index, read, kept } = indexOf(lines);
  expect(kept('metadata.difficulty = 3')).toEqual([0]);
  expect(kept('metadata.difficulty = "hard" or metadata.difficulty >= 1')).toEqual([0, 1, 5]);
  expect(kept('metadata.difficulty = 9007199254740993')).toEqual([5]);
  expect(kept('metadata.difficulty = 9007199254740992')).toEqual([]);
  expect(kept('missing metadata.difficulty')).toEqual([2]);
  expect(kept('null metadata.difficulty')).toEqual([4]);
  expect(kept('metadata.tags[1].deep')).toEqual([0]);
  expect(kept('response.output[0].type = "message"')).toEqual([0]);
  expect(kept('usage.details.cached - id > 6')).toEqual([0]);
  expect(columnInfos(index).find(({ name }) => name === 'metadata.difficulty')).toEqual({
    name: 'metadata.difficulty',
    kind: 'mixed',
    derived: false,
    present: 3,
    nulls: 1,
    missing: 1,
  });
  read([], ['metadata.tags']);
  expect(
    readPage(index, { query: { filter: [], sort: [] }, draft: [], range: { start: 0, end: 3 }, columns: ['metadata.tags'] }).columns,
  ).toEqual([{ name: 'metadata.tags', values: [{ json: '["a",{"deep":true}]' }, { json: '[]' }, null], absent: [2] }]);
  expect([...queryRows(index, { filter: [], sort: [{ column: 'metadata.difficulty', descending: true }] })]).toEqual([1, 5, 0, 4, 2]);
  expect(columnFacet(index, { filter: [], column: 'metadata.difficulty', limit: 9 })).toMatchObject({ distinct: 3, nulls: 1, missing: 1 });
  const histogram = columnHistogram(index, { filter: [], column: 'metadata.difficulty * 2', binning: { kind: 'edges', edges: [0, 10] } });
  expect(histogram).toMatchObject({ counts: [1], missing: 4 - 1 });
});

test('a path that leads nowhere is no column, and the nearest are offered', () => {
  const { index, kept, read } = indexOf(lines);
  read(['metadata.difficulty = 1']);
  expect(() => kept('metadata.dificulty = 1')).toThrow('No column "metadata.dificulty". Did you mean "metadata.difficulty"?');
  expect(() => columnFacet(index, { filter: [], column: 'nowhere.at.all', limit: 1 })).toThrow('No column "nowhere.at.all".');
});

test('only new rows are read when the index has grown', () => {
  const { memory, read, kept, written } = indexOf(lines);
  expect(read(['metadata.difficulty = 3'])).toBe(6);
  expect(read(['metadata.difficulty = 4', 'not missing metadata.difficulty'])).toBe(0);
  written.push('{"id":6,"metadata":{"difficulty":3}}');
  memory.grow([{ id: 6 }]);
  expect(read(['metadata.difficulty = 3'])).toBe(1);
  expect(kept('metadata.difficulty = 3')).toEqual([0, 6]);
});

test('what was not read is an error, never no', () => {
  const { index, memory, read } = indexOf(lines);
  expect(() => filterRows(index, ['text ~ /x/'])).toThrow(AppError);
  read(['text ~ /x/']);
  expect([...filterRows(index, ['not text ~ /x/'])]).toEqual([0, 1, 2, 4, 5]);
  memory.grow([{ id: 7 }]);
  expect(() => filterRows(index, ['text ~ /x/'])).toThrow('have not been read');
});

test('looks into what a rollout says, thinks, calls and is told', () => {
  const call = { type: 'function_call', call_id: 'c', name: 'search', arguments: '{"q":"Tirana"}' };
  const row = (output: readonly unknown[], input: readonly unknown[] = []): MemoryRow => ({
    responses_create_params: { input: [{ role: 'user', content: 'What is it?' }, ...input] },
    response: { output },
  });
  const { kept } = indexOf([
    row([
      call,
      { type: 'function_call_output', call_id: 'c', output: 'Traceback (most recent)' },
      { type: 'message', role: 'assistant', content: 'Done' },
    ]),
    row([
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'I think of a timeout' }] },
      { type: 'message', role: 'assistant', content: 'é\n' },
    ]),
    row([{ type: 'message', role: 'assistant', content: 'search' }], [call, { type: 'function_call_output', call_id: 'c', output: 'ok' }]),
    'invalid',
  ]);
  expect(kept('text ~ /timeout|traceback/i')).toEqual([0, 1]);
  expect(kept('text ~ "tirana"')).toEqual([0, 2]);
  expect(kept('text ~ "WHAT IS"')).toEqual([0, 1, 2]);
  expect(kept('text ~ /^é\\n$/')).toEqual([1]);
  expect(kept('not text ~ "é"')).toEqual([0, 2]);
});
