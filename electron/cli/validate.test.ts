import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicSchemas } from './schemas.ts';
import { buildCommandLine, type Built } from './testing/built.ts';

const good = JSON.stringify({
  _ng_task_index: 0,
  _ng_rollout_index: 0,
  reward: 1,
  response: { output: [{ role: 'assistant', content: 'hi' }] },
});
const truncated = JSON.stringify({
  _ng_task_index: 1,
  reward: 0,
  response: { output: [{ role: 'assistant', content: 'h' }], incomplete_details: {} },
});
const lines = [
  good,
  '{"reward": 1 "b": 2}',
  JSON.stringify({ _ng_task_index: 2, response: { output: [{ role: 'assistant', content: 'x' }] } }),
];

let built: Built;
const at = (name: string): string => path.join(built.folder, name);

beforeAll(async () => {
  built = await buildCommandLine();
  await writeFile(at('bad.jsonl'), `${lines.join('\n')}\n`);
  await writeFile(at('good.jsonl'), `${good}\n`);
  await writeFile(at('cut.jsonl'), `${good}\n${truncated}\n`);
}, 60_000);
afterAll(() => built.remove());

test('finds problems in the public shape, at the byte where a line goes wrong, and ends with 1', async () => {
  const { code, stdout, stderr } = await built.run(['validate', 'bad.jsonl', '--json']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const found = publicSchemas.validate.strict().parse(JSON.parse(stdout));
  expect(found.rows).toBe(2);
  expect(found.problems.map(({ rule, count }) => [rule, count])).toEqual([
    ['json/invalid', 1],
    ['reward/missing', 1],
  ]);
  const offset = '{"reward": 1 '.length;
  expect(found.problems[0]?.examples).toEqual([
    { path: 'bad.jsonl', line: 2, offset, byteOffset: good.length + 1 + offset, message: "expected ',' or '}'" },
  ]);
  expect(found.problems[1]?.examples).toMatchObject([{ path: 'bad.jsonl', line: 3, at: 'reward', message: 'there is no reward' }]);
});

test('a file without a problem ends with 0, one with warnings only where they are to fail', async () => {
  expect(await built.run(['validate', 'good.jsonl'])).toMatchObject({ code: 0, stdout: '1 row: nothing wrong found\n' });
  expect((await built.run(['validate', 'cut.jsonl'])).code).toBe(0);
  expect((await built.run(['validate', 'cut.jsonl', '--fail-on', 'warning'])).code).toBe(1);
  expect((await built.run(['validate', 'cut.jsonl', '--fail-on', 'warning', '--rules', 'json/invalid'])).code).toBe(0);
});

test('for people: what it means, how to mend it, where', async () => {
  const { stdout } = await built.run(['validate', 'bad.jsonl', '--rules', 'reward/missing,json/cut', '--max-examples', '1']);
  expect(stdout).toMatch(/^error reward\/missing: No reward \(1 line\)$/m);
  expect(stdout).toMatch(/^ {2}bad\.jsonl:3 at reward: there is no reward$/m);
  expect(stdout).not.toContain('json/invalid');
});

test('what makes no sense is said before anything is read, with the nearest right spelling', async () => {
  const wrong = await built.run(['validate', 'nowhere.jsonl', '--rules', 'reward/mising']);
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toContain('Did you mean "reward/missing"?');
  expect((await built.run(['validate', 'nowhere.jsonl', '--fail-on', 'note'])).code).toBe(2);
});

test('writes SARIF, over its own earlier report and over nothing else', async () => {
  for (const _ of [1, 2]) await built.run(['validate', 'bad.jsonl', '--sarif', 'report.sarif']);
  const log = JSON.parse(await readFile(at('report.sarif'), 'utf8'));
  expect(log).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Rollscope', rules: [{ id: 'json/invalid' }, { id: 'reward/missing' }] } },
        results: [
          { ruleId: 'json/invalid', ruleIndex: 0, level: 'error', locations: [{ physicalLocation: { region: { startLine: 2 } } }] },
          { ruleId: 'reward/missing', ruleIndex: 1, level: 'error' },
        ],
      },
    ],
  });
  await writeFile(at('mine.json'), '{"precious": true}');
  const refused = await built.run(['validate', 'bad.jsonl', '--sarif', 'mine.json']);
  expect(refused.code).toBe(3);
  expect(await readFile(at('mine.json'), 'utf8')).toBe('{"precious": true}');
  expect((await built.run(['validate', 'bad.jsonl', '--sarif', 'no/such/folder.sarif'])).code).toBe(3);
});
