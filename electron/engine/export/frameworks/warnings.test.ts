import { expect, test } from 'vitest';
import type { OptionValue } from '#shared/model/recipe.ts';
import { planExport } from '../plan.ts';
import { made } from '../testing/rows.ts';
import { memorySource, recipeOf, rolloutLine, toolItems } from '../testing/source.ts';

const warned = async (target: string, lines: readonly string[], options: Record<string, OptionValue> = {}) =>
  (await planExport(memorySource(lines), recipeOf(target, options))).warnings.map(({ id, count }) => [id, count]);

test('JSON lines for datasets: how many rows it would round', async () => {
  const given = ['{"x":3.1622776601683795}', '{"x":6.6743e-11}', '{"x":0.5}', '{"x":1e22}', '{"x":123456789.1234567}'];
  const lines = given.map((text, i) => rolloutLine(i, 1, `${i}`, toolItems(text)));
  expect(await warned('trl/sft', lines, { format: 'jsonl' })).toEqual([['json-lines/rounded', 2]]);
  expect(await warned('trl/sft', lines)).toEqual([]);
  // NeMo-RL reads the lines itself.
  expect(await warned('nemo-rl/sft', lines)).toEqual([]);
});

test('JSON lines for datasets: columns of nothing but dates', async () => {
  const task = (index: number, answer: string): string =>
    JSON.stringify({ ...Object(JSON.parse(rolloutLine(index, 1, 'a'))), expected_answer: answer });
  const dates = [task(0, '2023-11-30'), task(1, '2024-01-01T10:00:00Z'), task(2, '2024-01-01 10:00')];
  const jsonLines = { format: 'jsonl' };
  for (const target of ['trl/grpo', 'openrlhf/ppo']) {
    expect(await warned(target, dates, jsonLines), target).toEqual([['json-lines/dates', 3]]);
    expect(await warned(target, dates), target).toEqual([]);
    // One other text in the column prevents it.
    expect(await warned(target, [...dates, task(3, '2024-01-01T10:00:00.5Z')], jsonLines), target).toEqual([]);
    // Each file is a column of its own: either the one without a date is alone in the other file, or a date is.
    const counts = await Promise.all(
      Array.from({ length: 12 }, async (_, seed) => {
        const divided = { ...jsonLines, validation: 0.25, seed };
        return (await warned(target, [...dates, task(3, 'no date')], divided)).map(([, count]) => count);
      }),
    );
    expect(new Set(counts.flat()), target).toEqual(new Set([1, 3]));
  }
  // Calls alone: all messages of the answers have the same keys. With an answer behind them they have not.
  const [call] = toolItems('{"day":"2023-11-30"}');
  const called = [0, 1].map((index) => {
    const row = JSON.parse(rolloutLine(index, 1, 'a'));
    return JSON.stringify({ ...row, response: { output: [call] } });
  });
  expect(await warned('trl/sft-prompt-completion', called, jsonLines)).toEqual([['json-lines/date-arguments', 2]]);
  expect(await warned('trl/sft', called, jsonLines)).toEqual([]);
  // The parameters of the one tool there is.
  const tool = {
    type: 'function',
    name: 'f',
    parameters: { type: 'object', properties: { day: { type: 'string', default: '2023-11-30' } } },
  };
  const offered = (tools: readonly unknown[]): string => {
    const row = JSON.parse(rolloutLine(0, 1, 'a'));
    return JSON.stringify({ ...row, responses_create_params: { ...row.responses_create_params, tools } });
  };
  expect(await warned('trl/sft', [offered([tool])], jsonLines)).toEqual([['json-lines/date-arguments', 1]]);
  expect(await warned('trl/sft', [offered([tool, { ...tool, name: 'g', parameters: {} }])], jsonLines)).toEqual([]);
  expect(await warned('trl/sft-prompt-completion', [...called, rolloutLine(2, 1, 'a')], jsonLines)).toEqual([]);
});

test('answers of several messages, tool outputs that bear loss, several calls at once', async () => {
  const pair = [rolloutLine(1, 1, 'a', toolItems('{}')), rolloutLine(1, 0, 'b')];
  expect(await warned('nemo-rl/preference', pair)).toEqual([['trainer/last-message-only', 1]]);
  expect(await warned('nemo-rl/rm', pair)).toEqual([]);
  expect(await warned('trl/dpo', pair)).toEqual([['trainer/tool-outputs-trained', 1]]);
  const [call] = toolItems('{}');
  const parallel = rolloutLine(1, 1, 'a', [call, { ...Object(call), call_id: 'd' }]);
  expect(await warned('verl/sft', [parallel, ...pair])).toEqual([['template/parallel-calls', 1]]);
});

test('the report and the manifest say so', async () => {
  const { manifest, read } = await made('trl/kto', [rolloutLine(1, 1, 'a', toolItems('{}')), rolloutLine(1, 0, 'b')]);
  expect(manifest.warnings).toMatchObject([{ id: 'trainer/tool-outputs-trained', count: 1 }]);
  expect(read('report.md')).toContain('- 1: Tool outputs among the answers');
});
