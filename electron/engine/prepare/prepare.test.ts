import { appendFileSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { columnFacet, columnHistogram, columnInfos, filterRows, queryRows, readPage } from '../query/index.ts';
import { memoryIndex, type MemoryRow } from '../query/testing/memory-index.ts';
import { noRowSets, withDerivedColumns } from '../select/index.ts';
import { LineThreads } from '../lines/index.ts';
import { needsOf, Preparation, type PrepareJob } from './index.ts';

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

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-prepare-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** Rows as an index whose columns are the scalars at the top only, as a scan finds them, and their lines in a file. */
function indexOf(rows: readonly MemoryRow[]) {
  const top = (row: MemoryRow): MemoryRow => (row === 'invalid' ? row : { id: row['id'] });
  const text = rows.map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `big ${value}` : value)));
  const file = path.join(folder, `${files++}.jsonl`);
  const starts: number[] = [];
  const ends: number[] = [];
  const memory = Object.assign(memoryIndex(rows.map(top)), {
    place: (row: number) => ({ file: 0, line: row + 1, start: starts[row] ?? 0, end: ends[row] ?? 0 }),
    readLine: (row: number) => readFileSync(file).subarray(starts[row], ends[row]),
  });
  const write = (line: string): void => {
    starts.push((ends.at(-1) ?? -1) + 1);
    ends.push((starts.at(-1) ?? 0) + Buffer.byteLength(line));
    appendFileSync(file, `${line}\n`);
  };
  text.forEach((line) => write(line.replaceAll(/"big (\d+)"/g, '$1')));
  const threads = new LineThreads({ index: memory, sources: [{ fd: openSync(file, 'r'), path: file, verify: () => undefined }] });
  const asked: number[] = [];
  const prepared = new Preparation(memory, {
    run(task, wanted, take, job) {
      asked.push(...wanted);
      return threads.run(task, wanted, take, job);
    },
  });
  const rowSets = { ...noRowSets, textRows: prepared.rowsWith.bind(prepared) };
  const index = withDerivedColumns(memory, ['a'], { rowSets, paths: prepared });
  /** The rows that were looked at. */
  const read = async (conditions: readonly string[], columns: readonly string[] = [], job?: PrepareJob): Promise<number[]> => {
    asked.splice(0);
    await prepared.readOn(needsOf(conditions, columns), (name) => memory.column(name) !== undefined, job);
    return [...asked];
  };
  const kept = async (condition: string): Promise<number[]> => {
    await read([condition]);
    return [...filterRows(index, [condition])];
  };
  return { memory, index, read, kept, write };
}

test('a nested path is a column like others once it was read', async () => {
  const { index, read, kept } = indexOf(lines);
  expect(await kept('metadata.difficulty = 3')).toEqual([0]);
  expect(await kept('metadata.difficulty = "hard" or metadata.difficulty >= 1')).toEqual([0, 1, 5]);
  expect(await kept('metadata.difficulty = 9007199254740993')).toEqual([5]);
  expect(await kept('metadata.difficulty = 9007199254740992')).toEqual([]);
  expect(await kept('missing metadata.difficulty')).toEqual([2]);
  expect(await kept('null metadata.difficulty')).toEqual([4]);
  expect(await kept('metadata.tags[1].deep')).toEqual([0]);
  expect(await kept('response.output[0].type = "message"')).toEqual([0]);
  expect(await kept('usage.details.cached - id > 6')).toEqual([0]);
  expect(columnInfos(index).find(({ name }) => name === 'metadata.difficulty')).toEqual({
    name: 'metadata.difficulty',
    kind: 'mixed',
    derived: false,
    present: 3,
    nulls: 1,
    missing: 1,
  });
  await read([], ['metadata.tags']);
  expect(
    readPage(index, { query: { filter: [], sort: [] }, draft: [], range: { start: 0, end: 3 }, columns: ['metadata.tags'] }).columns,
  ).toEqual([{ name: 'metadata.tags', values: [{ json: '["a",{"deep":true}]' }, { json: '[]' }, null], absent: [2] }]);
  expect([...queryRows(index, { filter: [], sort: [{ column: 'metadata.difficulty', descending: true }] })]).toEqual([1, 5, 0, 4, 2]);
  expect(columnFacet(index, { filter: [], column: 'metadata.difficulty', limit: 9 })).toMatchObject({ distinct: 3, nulls: 1, missing: 1 });
  const histogram = columnHistogram(index, { filter: [], column: 'metadata.difficulty * 2', binning: { kind: 'edges', edges: [0, 10] } });
  expect(histogram).toMatchObject({ counts: [1], missing: 4 - 1 });
});

test('a key may be written in any way', async () => {
  const { read, index, write, memory } = indexOf(lines);
  write('{"id":6,"metadata":{"diff\\u0069culty":4}}');
  write('{"id":7,"note":"difficulty"}');
  memory.grow([{ id: 6 }, { id: 7 }]);
  await read(['metadata.difficulty = 4']);
  expect([...filterRows(index, ['metadata.difficulty = 4'])]).toEqual([6]);
  expect([...filterRows(index, ['missing metadata.difficulty'])]).toEqual([2, 7]);
});

test('a path that leads nowhere is no column, and the nearest are offered', async () => {
  const { index, kept, read } = indexOf(lines);
  await read(['metadata.difficulty = 1']);
  await expect(kept('metadata.dificulty = 1')).rejects.toThrow('No column "metadata.dificulty". Did you mean "metadata.difficulty"?');
  expect(() => columnFacet(index, { filter: [], column: 'nowhere.at.all', limit: 1 })).toThrow('No column "nowhere.at.all".');
});

test('only new rows are read when the index has grown', async () => {
  const { memory, read, kept, write } = indexOf(lines);
  expect(await read(['metadata.difficulty = 3'])).toEqual([0, 1, 2, 4, 5]);
  expect(await read(['metadata.difficulty = 4', 'not missing metadata.difficulty'])).toEqual([]);
  write('{"id":6,"metadata":{"difficulty":3}}');
  memory.grow([{ id: 6 }]);
  expect(await read(['metadata.difficulty = 3'])).toEqual([6]);
  expect(await kept('metadata.difficulty = 3')).toEqual([0, 6]);
});

test('what was not read is an error, never no', async () => {
  const { index, memory, read } = indexOf(lines);
  expect(() => filterRows(index, ['text ~ /x/'])).toThrow(AppError);
  await read(['text ~ /x/']);
  expect([...filterRows(index, ['not text ~ /x/'])]).toEqual([0, 1, 2, 4, 5]);
  memory.grow([{ id: 7 }]);
  expect(() => filterRows(index, ['text ~ /x/'])).toThrow('have not been read');
});

test('looks into what a rollout says, thinks, calls and is told', async () => {
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
  expect(await kept('text ~ /timeout|traceback/i')).toEqual([0, 1]);
  expect(await kept('text ~ "tirana"')).toEqual([0, 2]);
  expect(await kept('text ~ "WHAT IS"')).toEqual([0, 1, 2]);
  expect(await kept('text ~ /^é\\n$/')).toEqual([1]);
  expect(await kept('not text ~ "é"')).toEqual([0, 2]);
});

test('whoever waits for what another reads is told how far that is', async () => {
  const { read } = indexOf(lines);
  const rows: [number[], number[]] = [[], []];
  await Promise.all(rows.map((told) => read(['metadata.difficulty = 3'], [], { onRow: (row) => told.push(row) })));
  expect(rows[0]).toEqual([5]);
  expect(rows[1]).toEqual(rows[0]);
});

test('several at once read what they share one time; who gives up does not stop the others', async () => {
  const { read, kept } = indexOf(lines);
  const abort = new AbortController();
  const conditions = ['text ~ "message"', 'metadata.difficulty = 3'];
  const first = read(conditions, [], { signal: abort.signal });
  const both = [read(conditions), read(['metadata.difficulty = 3'])];
  abort.abort();
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  await Promise.all(both);
  expect(await read(conditions)).toEqual([]);
  expect(await kept('metadata.difficulty = 3')).toEqual([0]);
});
