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
