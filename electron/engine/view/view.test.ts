import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, test } from 'vitest';
import type { LinesProgress } from '#shared/model/job.ts';
import { createEngine, type Dataset } from '../index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-view-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const long = `${'a long note, with "quotes", '.repeat(40)}\nand\ttabs`;
const lines = [
  `{"reward":1,"score":3,"remark":${JSON.stringify(long)},"big":9007199254740993,"flag":true,"nested":{"a":[1,2.50]}}`,
  `{"reward":0.25,"score":null,"remark":"","big":1,"flag":false,"nested":null}`,
  `not json`,
  `{"reward":-1e3,"remark":"null","big":2,"nested":"text"}`,
  `{"reward":0.5,"score":12,"remark":"=1+1","big":3,"flag":null,"nested":7}`,
];
const file = path.join(folder, 'rows.jsonl');
writeFileSync(file, `${lines.join('\n')}\n`);
const columns = ['line', 'reward', 'score', 'remark', 'big', 'flag', 'nested', 'reward * 2'];

async function opened(): Promise<Dataset> {
  const dataset = await engine.open([file]);
  await dataset.watch();
  await dataset.prepare({ filter: [], columns });
  return dataset;
}

/** RFC 4180, read letter by letter: undefined is nothing at all, a text in quotes is a text whatever it says. */
function readCsv(text: string): (string | undefined | { quoted: string })[][] {
  const rows: (string | undefined | { quoted: string })[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/gy;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const [, quoted, plain] = found;
    rows.at(-1)?.push(quoted === undefined ? plain || undefined : { quoted: quoted.replaceAll('""', '"') });
    if (found[3] === '\n') rows.push([]);
  }
  rows.pop();
  return rows;
}

test('rows are copied whole: long texts, every digit, missing and null apart', async () => {
  const dataset = await opened();
  const json = await dataset.copy({ rows: [0, 1, 3], columns, format: 'json' });
  expect(json).toContain('9007199254740993');
  expect(JSON.parse(json)).toEqual([
    { line: 1, reward: 1, score: 3, remark: long, big: 9007199254740992, flag: true, nested: { a: [1, 2.5] }, 'reward * 2': 2 },
    { line: 2, reward: 0.25, score: null, remark: '', big: 1, flag: false, nested: null, 'reward * 2': 0.5 },
    { line: 4, reward: -1000, remark: 'null', big: 2, nested: 'text', 'reward * 2': -2000 },
  ]);
  expect(await dataset.copy({ rows: [0], columns: ['remark'], format: 'value' })).toBe(long);
  expect(await dataset.copy({ rows: [3, 1], columns: ['line', 'score', 'remark'], format: 'tsv' })).toBe(
    'line\tscore\tremark\n4\t\tnull\n2\tnull\t\n',
  );
  await expect(dataset.copy({ rows: [2], columns, format: 'tsv' })).rejects.toThrow('There is no rollout in row 2.');
});

test('copying says how far it is, and can be stopped', async () => {
  const dataset = await opened();
  const stopping = new AbortController();
  const told: LinesProgress[] = [];
  const rows = Array.from({ length: 10_000 }, () => 1);
  const onProgress = (progress: LinesProgress): void => {
    told.push(progress);
    stopping.abort();
  };
  const copied = dataset.copy({ rows, columns, format: 'tsv' }, { signal: stopping.signal, onProgress });
  await expect(copied).rejects.toMatchObject({ code: 'cancelled' });
  expect(told).toEqual([{ pass: 'lines', rowsDone: 1, rowsTotal: 10_000 }]);
});

test('a view is saved as CSV: its rows in its order, every value whole', async () => {
  const dataset = await opened();
  const query = { filter: ['reward < 1'], sort: [{ column: 'reward', descending: true }] };
  const saved = await dataset.saveView({ query, columns, format: 'csv' }, { file: path.join(folder, 'v.csv'), overwrite: false });
  const text = readFileSync(path.join(folder, 'v.csv'), 'utf8');
  expect(saved).toEqual({ name: 'v.csv', rows: 3, bytes: Buffer.byteLength(text) });
  expect(readCsv(text)).toEqual([
    columns,
    ['5', '0.5', '12', '=1+1', '3', 'null', '7', '1'],
    ['2', '0.25', 'null', { quoted: '' }, '1', 'false', 'null', '0.5'],
    ['4', '-1000', undefined, { quoted: 'null' }, '2', undefined, 'text', '-2000'],
  ]);
  await expect(
    dataset.saveView({ query, columns, format: 'csv' }, { file: path.join(folder, 'v.csv'), overwrite: false }),
  ).rejects.toMatchObject({ code: 'exists' });
  await expect(dataset.saveView({ query, columns, format: 'csv' }, { file, overwrite: true })).rejects.toThrow('must end with .csv');
});

test('the same as Parquet, as another reader finds it', async () => {
  const dataset = await opened();
  const query = { filter: [], sort: [] };
  const target = path.join(folder, 'v.parquet');
  await dataset.saveView({ query, columns, format: 'parquet' }, { file: target, overwrite: false });
  const db = await (await DuckDBInstance.create()).connect();
  const read = await db.runAndReadAll(`select * from '${target}'`);
  expect(Object.fromEntries(read.columnNames().map((name, i) => [name, String(read.columnType(i))]))).toEqual({
    line: 'BIGINT',
    reward: 'DOUBLE',
    score: 'BIGINT',
    remark: 'VARCHAR',
    big: 'VARCHAR',
    flag: 'BOOLEAN',
    nested: 'VARCHAR',
    'reward * 2': 'DOUBLE',
  });
  expect(read.getRowsJS()).toEqual([
    [1n, 1, 3n, long, '9007199254740993', true, '{"a":[1,2.50]}', 2],
    [2n, 0.25, null, '', '1', false, null, 0.5],
    [4n, -1000, null, 'null', '2', null, '"text"', -2000],
    [5n, 0.5, 12n, '=1+1', '3', null, '7', 1],
  ]);
});

test('many rows are written in parts, and a stop leaves nothing', async () => {
  const many = path.join(folder, 'many.jsonl');
  const count = 25_000;
  writeFileSync(many, Array.from({ length: count }, (_, i) => `{"reward":${i % 7},"id":"row ${i}"}\n`).join(''));
  const dataset = await engine.open([many]);
  await dataset.watch();
  const query = { filter: [], sort: [] };
  const target = path.join(folder, 'many.parquet');
  const saved = await dataset.saveView({ query, columns: ['id', 'reward'], format: 'parquet' }, { file: target, overwrite: false });
  expect(saved.rows).toBe(count);
  const db = await (await DuckDBInstance.create()).connect();
  const [sums] = (await db.runAndReadAll(`select count(*), sum(reward), count(distinct id) from '${target}'`)).getRowsJS();
  expect(sums?.map(Number)).toEqual([count, Array.from({ length: count }, (_, i) => i % 7).reduce((sum, x) => sum + x), count]);

  const stop = new AbortController();
  const before = readdirSync(folder);
  const saving = dataset.saveView(
    { query, columns: ['id', 'reward'], format: 'csv' },
    { file: path.join(folder, 'stopped.csv'), overwrite: false },
    { signal: stop.signal, onProgress: () => stop.abort() },
  );
  await expect(saving).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(folder)).toEqual(before);
  expect(existsSync(path.join(folder, 'stopped.csv'))).toBe(false);
});
