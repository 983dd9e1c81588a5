import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { LinesProgress } from '#shared/model/job.ts';
import { createEngine } from './engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-problems-'));
const engine = createEngine({ version: 'test' });
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const padding = ' and more of it'.repeat(60);
const line = (i: number): string =>
  JSON.stringify({
    _ng_task_index: i >> 2,
    // The same task with other prompts: only hashes tell.
    responses_create_params: { input: [{ role: 'user', content: `question ${i === 7 ? 'odd' : i >> 2}${padding}` }] },
    response: { output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: `answer ${i}` }] }] },
    reward: (i % 4) / 3,
  });
// A key that stands twice: only the bytes of the line tell.
const twice = `${line(8).slice(0, -1)},"reward":0}`;
const file = path.join(folder, 'a.jsonl');
writeFileSync(file, [...Array.from({ length: 20_000 }, (_, i) => (i === 8 ? twice : line(i))), '{"cut', ''].join('\n'));

test('while rows come only what the scan has seen is asked; then everything, as validate does', async () => {
  const dataset = await engine.open([file], { hashes: false });
  const early = await dataset.problems();
  expect(dataset.state().phase).toBe('reading');
  expect(early.asked).toBeLessThan(early.rules);
  await dataset.watch();
  const passes = new Set<LinesProgress['pass']>();
  const whole = await dataset.problems({
    onProgress({ pass, rowsDone, rowsTotal }) {
      passes.add(pass);
      expect(rowsTotal).toBe(20_001);
      expect(rowsDone).toBeLessThanOrEqual(rowsTotal);
    },
  });
  expect(passes).toContain('lines');
  expect(whole.asked).toBe(whole.rules);
  expect(whole.problems).toEqual((await dataset.validate()).problems);
  const known = new Set(early.problems.map(({ rule }) => rule));
  const later = whole.problems.map(({ rule }) => rule).filter((rule) => !known.has(rule));
  expect(later).toEqual(expect.arrayContaining(['json/duplicate-key', 'task/different-prompts']));
  await dataset.close();
});

test('a search that is given up at each report goes on where it was, and finds the same', async () => {
  const dataset = await engine.open([file], { hashes: false });
  await dataset.watch();
  const done: number[] = [];
  for (;;) {
    const abort = new AbortController();
    const search = dataset.problems({
      signal: abort.signal,
      onProgress({ pass, rowsDone }) {
        if (abort.signal.aborted) return;
        done.push((pass === 'lines' ? 1e6 : 0) + rowsDone);
        abort.abort();
      },
    });
    const answer = await search.catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'cancelled' });
    });
    if (!answer) continue;
    expect(answer.problems).toEqual((await dataset.validate()).problems);
    break;
  }
  expect(done.length).toBeGreaterThan(1);
  expect([...done].sort((a, b) => a - b)).toEqual(done);
  await dataset.close();
});
