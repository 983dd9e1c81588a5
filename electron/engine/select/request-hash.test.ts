import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readDataset } from '../index/index.ts';
import { openSource } from '../source/index.ts';
import { withDerivedColumns } from './dataset-index.ts';
import { heldBytes } from '../rollout/index.ts';
import { requestHash } from './request-hash.ts';

/** Requests as lines may write them: those of one list are equal. */
const requests = [
  ['"input":"ask"', ' "input" : "a\\u0073k" ', '"input":"ask","tools":null', '"input":"ask","instructions":null,"temperature":1'],
  ['"input":"ask","tools":[]', '"tools":[ ],"input":"ask"'],
  ['"input":"ask","instructions":"be brief"', '"instructions":"no","instructions":"be brief","input":"ask"'],
  [
    '"input":[{"role":"user","content":"1"}]',
    '"input":[{"content":"1","role":"user"}]',
    '"input":[{"role":"x","content":"1","r\\u006fle":"user"}]',
  ],
  ['"input":[{"role":"user","content":1}]', '"input":[{"role":"user","content":1.0}]', '"input":[{"role":"user","content":10e-1}]'],
  ['"input":[0.1]', '"input":[0.1000000000000000055511151231257827]'],
  ['"input":[9007199254740993]', '"input":[9007199254740992]'],
  ['"input":["\\u00e9\\/\\ud83d\\ude00"]', '"input":["é/😀"]'],
  ['"input":["a",["b"]]'],
  ['"input":["a","b"]'],
  ['"input":[["a","b"]]'],
  ['"input":[{"a":{"b":1}}]'],
  ['"input":[{"a":1,"b":1}]', '"input":[{"b":1,"a":1}]'],
  [`"input":[${'['.repeat(1200)}${']'.repeat(1200)}]`, `"input":[ ${'['.repeat(1200)}${']'.repeat(1200)}]`],
];
/** Each is a task of its own. */
const alone = ['"input":""', '"input":""', '"input":[]', '"input":[]', '"input":5', '"tools":[1]', '"tools":[1]', ''];

test('rows are grouped by the hashes of the index as by those of their parsed lines, of which few are read', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-requests-'));
  const file = path.join(folder, 'a.jsonl');
  const params = [0, 1, 2].flatMap(() => [...requests.flat(), ...alone]);
  const lines = [...params.map((request) => `{"responses_create_params":{${request}}}`), '{"reward":1}', '{"reward":1}'];
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  const source = openSource(file);
  const { index, done } = readDataset([source]);
  await done;

  let read = 0;
  const readLine = index.readLine.bind(index);
  index.readLine = (row) => {
    read++;
    return readLine(row);
  };
  const { taskOf, count } = withDerivedColumns(index, ['a']).tasks();
  expect(read).toBeLessThan(40);

  const numbers = new Map<string, number>();
  const expected = lines.map((line, row) => {
    const key = requestHash(heldBytes(Buffer.from(line))) ?? `row ${row}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  expect([...taskOf]).toEqual(expected);
  expect(count).toBe(requests.length + 3 * alone.length + 2);
  source.close();
  rmSync(folder, { recursive: true });
});
