import { expect, test } from 'vitest';
import type { OptionValue } from '#shared/model/recipe.ts';
import { planExport, previewExample } from './plan.ts';
import { memorySource, recipeOf, rolloutLine, toolItems } from './testing/source.ts';

const answer = (extra: string, output = '{"role":"assistant","content":"a"}'): string =>
  `{"responses_create_params":{"input":"q"},"response":{"output":[${output}]}${extra}}`;
const user = '{"role":"user","content":"more"}';
const deep = `${'['.repeat(600)}1.5${']'.repeat(600)}`;

async function reasonsOf(target: string, lines: readonly string[], options: Record<string, OptionValue> = {}): Promise<string[]> {
  const { excluded, rowsSelected, rolloutsUsed } = await planExport(memorySource(lines), recipeOf(target, options));
  expect(rowsSelected).toBe(rolloutsUsed + excluded.reduce((sum, { count }) => sum + count, 0));
  return excluded.flatMap(({ reason, count }) => Array<string>(count).fill(reason));
}

test.each([
  ['admission/failure-row', answer(',"_ng_failure_class":"timeout","mask_sample":true')],
  ['admission/masked', answer(',"mask_sample":true')],
  ['admission/no-response', '{"responses_create_params":{"input":"q"}}'],
  ['admission/no-response', '{"responses_create_params":{"input":"q"},"response":{"output":"x"}}'],
  ['mapping/too-deep', answer(`,"deep":${deep}`)],
  ['mapping/unknown-item', answer('', '{"type":"web_search_call"},{"role":"assistant","content":"a"}')],
  [
    'mapping/images',
    answer('', '{"role":"user","content":[{"type":"input_image","image_url":"data:,"}]},{"role":"assistant","content":"a"}'),
  ],
  ['mapping/arguments-not-object', rolloutLine(0, 1, 'a', toolItems('[1]'))],
  ['mapping/lone-surrogate', answer('', '{"role":"assistant","content":"\\ud83d"}')],
  ['target/no-assistant-message', answer('', user)],
])('%s', async (reason, line) => {
  expect(await reasonsOf('trl/sft', [line])).toEqual([reason]);
  expect(await reasonsOf('nemo-rl/sft', [line], { images: 'leave-out' })).toEqual([reason]);
  expect(await reasonsOf('custom/rollouts', [line])).toEqual([]);
});

test('a missing reward, a refusal of the filter to say why, an unfinished call: none of them keeps a rollout out', async () => {
  const call = answer('', '{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}');
  expect(
    await reasonsOf('trl/sft', [answer(''), answer(',"reward":null'), answer(',"mask_sample":false,"_ng_failure_class":null'), call]),
  ).toEqual([]);
});

test('the ending: trimmed, or left out', async () => {
  const unanswered = answer('', `{"role":"assistant","content":"a"},${user}`);
  expect(await reasonsOf('trl/sft', [unanswered])).toEqual([]);
  expect(await reasonsOf('trl/sft', [unanswered], { ending: 'leave-out' })).toEqual(['target/ends-without-assistant']);
});

test('NeMo-RL takes images unless it is told not to', async () => {
  const showing = (address: string): string =>
    answer('', `{"role":"user","content":[{"type":"input_image","image_url":"${address}"}]},{"role":"assistant","content":"a"}`);
  const seen = showing('data:image/gif;base64,R0lGODlhAQABAAAAACw=');
  expect(await reasonsOf('nemo-rl/sft', [seen])).toEqual([]);
  expect(await reasonsOf('nemo-rl/sft', [seen], { images: 'leave-out' })).toEqual(['mapping/images']);
  // It would fetch the one, and fail at the other.
  expect(await reasonsOf('nemo-rl/sft', [showing('https://example.com/a.png'), showing('data:,')])).toEqual([
    'mapping/image-elsewhere',
    'mapping/image-elsewhere',
  ]);
});

test('own fields: text arguments stay, empty rows and unread conversations do not', async () => {
  expect(await reasonsOf('custom/map', [rolloutLine(0, 1, 'a', toolItems('[1]'))])).toEqual([]);
  expect(await reasonsOf('custom/map', ['{"reward":1}', '{"a":1}'], { fields: { r: 'reward' } })).toEqual(['target/empty']);
  expect(await reasonsOf('custom/map', ['{"reward":1}'])).toEqual(['admission/no-response']);
});

test('the best of each task, of equals the earlier; who cannot be compared is left out', async () => {
  const lines = [
    rolloutLine(1, 0.2, 'a'),
    rolloutLine(1, 0.9, 'b'),
    rolloutLine(2, 0.5, 'c'),
    rolloutLine(1, 0.9, 'd'),
    rolloutLine(2, null, 'e'),
  ];
  const plan = await planExport(memorySource(lines), recipeOf('trl/sft', { 'best-per-task': 1 }));
  expect(plan.excluded.map(({ reason, examples }) => [reason, examples.map(({ line }) => line)])).toEqual([
    ['sampling/no-metric', [5]],
    ['sampling/not-best', [1, 4]],
  ]);
  await expect(planExport(memorySource(lines), recipeOf('trl/sft', { 'best-per-task': 1, metric: 'rewrad' }))).rejects.toMatchObject({
    code: 'bad-input',
    details: { suggestions: ['reward'] },
  });
});

test('duplicates: the same row from another place', async () => {
  const lines = [rolloutLine(1, 0, 'a'), rolloutLine(1, 1, 'a'), rolloutLine(1, 1, 'b')];
  expect(await reasonsOf('trl/sft', lines)).toEqual([]);
  expect(await reasonsOf('trl/sft', lines, { dedupe: true, meta: true })).toEqual(['sampling/duplicate']);
});

test('validation holds whole tasks, and never all of them', async () => {
  const plan = async (tasks: number, share: number) =>
    (
      await planExport(
        memorySource(Array.from({ length: 24 }, (_, i) => rolloutLine(i % tasks, 1, `${i}`))),
        recipeOf('trl/sft', { validation: share }),
      )
    ).splits;
  expect(await plan(12, 0.25)).toEqual([
    { name: 'train', rows: 18 },
    { name: 'validation', rows: 6 },
  ]);
  expect(await plan(1, 0.5)).toEqual([{ name: 'train', rows: 24 }]);
  expect(await plan(12, 0)).toEqual([{ name: 'train', rows: 24 }]);
});

test('plans of one recipe share the work; giving up one does not stop the other', async () => {
  const source = memorySource(Array.from({ length: 3000 }, (_, i) => rolloutLine(i, 1, 'x'.repeat(3000))));
  const [one, two] = [new AbortController(), new AbortController()];
  const recipe = recipeOf('trl/sft');
  const first = planExport(source, recipe, { signal: one.signal });
  const second = planExport(source, recipe, { signal: two.signal });
  one.abort();
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  expect(await second).toMatchObject({ rowsWritten: 3000 });
  const third = planExport(source, recipeOf('nemo-rl/sft'), { signal: two.signal });
  two.abort();
  await expect(third).rejects.toMatchObject({ code: 'cancelled' });
  expect(await planExport(source, recipeOf('nemo-rl/sft'))).toMatchObject({ rowsWritten: 3000 });
});

test('whoever waits for a plan is told how far it is: what shows one example, too, can be given up', async () => {
  const source = memorySource(Array.from({ length: 3000 }, (_, i) => rolloutLine(i, 1, 'x'.repeat(3000))));
  const recipe = recipeOf('trl/sft');
  const [told, shown]: [string[], string[]] = [[], []];
  const stopping = new AbortController();
  const plan = planExport(source, recipe, { signal: new AbortController().signal, onProgress: ({ phase }) => told.push(phase) });
  const example = previewExample(source, recipe, 0, { onProgress: ({ phase }) => shown.push(phase) });
  await plan;
  expect(told).toContain('plan');
  expect(shown).toEqual(told);
  expect(await example).toMatchObject({ index: 0, total: 3000 });
  const given = previewExample(source, recipeOf('nemo-rl/sft'), 0, { signal: stopping.signal, onProgress: () => stopping.abort() });
  await expect(given).rejects.toMatchObject({ code: 'cancelled' });
});

test('caps and balance: who is drawn is left out with its reason, and the counts add up', async () => {
  const lines = Array.from({ length: 12 }, (_, i) =>
    rolloutLine(i % 3, 1, `${i}`).replace('"agent_ref":{"name":"a"}', `"agent_ref":{"name":"${i < 3 ? 'b' : 'a'}"}`),
  );
  expect(await reasonsOf('trl/sft', lines, { 'cap-per-task': 3 })).toEqual(Array(3).fill('sampling/task-cap'));
  expect(await reasonsOf('trl/sft', lines, { 'cap-per-agent': 4 })).toEqual(Array(5).fill('sampling/agent-cap'));
  expect(await reasonsOf('trl/sft', lines, { balance: true })).toEqual(Array(6).fill('sampling/balance'));
});

test('a test file beside validation, or without it; a split by name', async () => {
  const lines = Array.from({ length: 40 }, (_, i) => rolloutLine(i % 20, 1, `${i}`));
  const splits = async (options: Record<string, OptionValue>) =>
    (await planExport(memorySource(lines), recipeOf('trl/sft', options))).splits;
  expect(await splits({ validation: 0.2, test: 0.1 })).toEqual([
    { name: 'train', rows: 28 },
    { name: 'validation', rows: 8 },
    { name: 'test', rows: 4 },
  ]);
  expect((await splits({ test: 0.1 })).map(({ name }) => name)).toEqual(['train', 'test']);
  const stable = await splits({ validation: 0.3, test: 0.2, 'stable-split': true });
  expect(stable.map(({ name }) => name)).toEqual(['train', 'validation', 'test']);
  expect(stable.reduce((sum, { rows }) => sum + rows, 0)).toBe(40);
});
