import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '#shared/model/export.ts';
import type { OptionValue } from '#shared/model/recipe.ts';
import { createEngine } from './engine.ts';
import { pictured } from './export/testing/pictures.ts';
import { targets } from './export/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-export-threads-'));
const scanThread = path.join(folder, 'scan-thread.cjs');
const file = path.join(folder, 'a.jsonl');
const pictures = path.join(folder, 'pictures.jsonl');

/** So many bytes that threads are worth it; numbers, texts and fields of every kind that targets read. */
const line = (i: number): string =>
  `{"_ng_task_index":${i >> 2},"_ng_rollout_index":${i % 4},"agent_ref":{"name":"${i % 8 < 4 ? 'math' : 'code'}"},"expected_answer":"${i >> 2}",` +
  `"score":${i % 4}.0,"large":1180591620717411303424,"responses_create_params":{"input":[{"role":"user","content":"question ${i >> 2} 你好"}],` +
  `"tools":[]},"response":{"output":[${i % 3 === 0 ? '{"type":"function_call","call_id":"c","name":"f","arguments":"{\\"x\\":1.0}"},{"type":"function_call_output","call_id":"c","output":"o"},' : ''}` +
  `{"type":"message","role":"assistant","content":[{"type":"output_text","text":"answer ${i} ${'x'.repeat(7000)}"}]}]},"reward":${(i % 4) / 3}${i % 50 === 7 ? ',"_ng_failure_class":"timeout"' : ''}}`;

beforeAll(async () => {
  await build({ configFile: 'vite.scan.config.ts', logLevel: 'warn', build: { outDir: folder } });
  const rows = Array.from({ length: 800 }, (_, i) => i);
  writeFileSync(file, `${rows.map(line).join('\n')}\n`);
  writeFileSync(pictures, `${rows.map((i) => pictured(i >> 2, (i % 4) / 3, 4000)).join('\n')}\n`);
  const planned = rows.map((i) =>
    JSON.stringify({
      _ng_task_index: i >> 2,
      _ng_rollout_index: i % 4,
      agent_ref: { name: i % 8 < 4 ? 'math' : 'code' },
      responses_create_params: { input: [{ role: 'user', content: `question ${i >> 2} 你好` }] },
      solution: `planned ${i >> 2}`,
    }),
  );
  writeFileSync(path.join(folder, 'a_materialized_inputs.jsonl'), `${planned.join('\n')}\n`);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const cases: [target: string, options: Record<string, OptionValue>][] = [
  ...targets.map(({ info: { target, options } }): [string, Record<string, OptionValue>] => [
    target,
    { shuffle: true, ...(options.some(({ key }) => key === 'meta') && { meta: true }) },
  ]),
  ['custom/map', { fields: { who: 'agent', turns: 'turns', score: 'score', large: 'large', file: 'file', row: 'response.output.0.type' } }],
  ['trl/sft', { format: 'jsonl', dedupe: true, validation: 0.3 }],
];

/** Data files and where every rollout went, for each case. */
async function exportsOn(threads: number, { isPlanned = false, of = file, what = cases, hashes = true } = {}): Promise<object[]> {
  const engine = createEngine({ version: 'test', scanThread, threads });
  const dataset = await engine.open([of], { hashes });
  await dataset.watch();
  const made: object[] = [];
  for (const [target, options] of what) {
    const out = mkdtempSync(path.join(folder, 'out-'));
    // What was planned before is mapped again; else planning spools it.
    if (isPlanned) await dataset.plan({ version: 1, filter: [], target, options });
    const { files, excluded, checks, warnings }: Manifest = await dataset.export(
      { version: 1, filter: [], target, options },
      { folder: out, overwrite: false },
    );
    rmSync(out, { recursive: true });
    const data = files.filter(({ rows, path: name }) => rows > 0 || name.startsWith('image-'));
    expect(data.length, target).toBeGreaterThan(options['images'] === 'files' ? 200 : 0);
    made.push({ target, options, data, excluded, checks, warnings });
  }
  await engine.close();
  return made;
}

test('threads, however many, write what the calling thread writes: every target', { timeout: 240_000 }, async () => {
  const alone = await exportsOn(0);
  expect(await exportsOn(1, { isPlanned: true })).toEqual(alone);
  expect(await exportsOn(2)).toEqual(alone);
});

test('a file that was read without hashes is exported as one with them: every target', { timeout: 240_000 }, async () => {
  const withHashes = await exportsOn(0);
  for (const [i, each] of cases.entries()) expect(await exportsOn(0, { what: [each], hashes: false })).toEqual([withHashes[i]]);
});

test('images beside files and in them: the same bytes on any number of threads, and again', { timeout: 240_000 }, async () => {
  const what = targets
    .filter(({ info }) => info.options.some(({ key, choices = [] }) => key === 'images' && choices.length === 3))
    .flatMap(({ info }) => ['files', 'inline'].map((images): (typeof cases)[number] => [info.target, { images, shuffle: true, seed: 3 }]));
  expect(what).toHaveLength(16);
  expect(statSync(pictures).size, 'threads are worth it').toBeGreaterThan(4 << 20);
  const alone = await exportsOn(0, { of: pictures, what });
  expect(await exportsOn(1, { of: pictures, what })).toEqual(alone);
  expect(await exportsOn(2, { of: pictures, what, isPlanned: true })).toEqual(alone);
  expect(await exportsOn(2, { of: pictures, what })).toEqual(alone);
});

const changing: [target: string, options: Record<string, OptionValue>][] = [
  ...targets.map(({ info }): (typeof changing)[number] => [info.target, {}]),
  ['trl/sft', { format: 'jsonl' }],
];

test.each(changing)('%s %j: a file that changes between plan and export stops it, and nothing is left', async (target, options) => {
  const changed = path.join(folder, `${target.replace('/', '-')}.jsonl`);
  copyFileSync(file, changed);
  const engine = createEngine({ version: 'test', scanThread, threads: 2 });
  const dataset = await engine.open([changed]);
  await dataset.watch();
  await dataset.plan({ version: 1, filter: [], target, options });
  writeFileSync(changed, readFileSync(changed, 'utf8').replaceAll('answer', 'ANSWER'));
  const out = path.join(folder, 'changed');
  const ended = dataset.export({ version: 1, filter: [], target, options }, { folder: out, overwrite: false });
  await expect(ended).rejects.toMatchObject({ code: 'changed' });
  expect(existsSync(out)).toBe(false);
  await engine.close();
});
