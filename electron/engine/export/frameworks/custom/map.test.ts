import { expect, test } from 'vitest';
import { planExport } from '../../plan.ts';
import { made } from '../../testing/rows.ts';
import { memorySource, recipeOf, rolloutLine } from '../../testing/source.ts';
import { parseTemplate } from './template.ts';

const lines = [rolloutLine(1, 1, 'good'), rolloutLine(1, 0, 'bad'), rolloutLine(2, 0.25, 'alone')];
const user = (content: string) => ({ role: 'user', content });

test('the page’s own example: input, output, score', async () => {
  const fields = { input: 'text(last(prompt))', output: 'text(last(completion))', score: 'reward' };
  expect((await made('custom/map', lines.slice(0, 1), { fields })).rows).toEqual([{ input: 'question 1', output: 'good', score: 1 }]);
});

test('constants and functions make any shape', async () => {
  const fields = {
    source: '"gym, \\"mine\\" (v1)"',
    pass: 'true',
    none: 'null',
    n: '0.5',
    text: 'join("\\n", text(prompt), "A:", no.such)',
    r: 'round(reward, 1)',
    meta: 'object("task", task, "tags", list("a", length(messages)))',
    first: 'first(no.such, agent)',
    all: 'json(prompt)',
  };
  expect((await made('custom/map', [lines[2] ?? ''], { fields })).rows).toEqual([
    {
      source: 'gym, "mine" (v1)',
      pass: true,
      none: null,
      n: 0.5,
      text: 'user: question 2\nA:',
      r: 0.3,
      meta: { task: 2, tags: ['a', 2] },
      first: 'a',
      all: '[{"role":"user","content":"question 2"}]',
    },
  ]);
});

test.each([
  ['txet(prompt)', 'there is no function txet. Did you mean text?'],
  ['join("a", ', 'expected a path, a constant or a function'],
  ['join("a" "b")', 'expected , or ), found "b"'],
  ['a)', 'expected the end, found )'],
  ['"no end', 'has no end'],
])('%s is refused', (text, message) => {
  expect(() => parseTemplate(text)).toThrow(message);
});

test('over pairs: both sides by name, what they share without', async () => {
  const fields = { q: 'prompt', good: 'chosen.completion', bad: 'rejected.text', by: 'list(chosen.reward, rejected.reward)' };
  const { rows, manifest } = await made('custom/map', lines, { unit: 'pairs', fields });
  expect(rows).toEqual([
    { q: [user('question 1')], good: [{ role: 'assistant', content: 'good' }], bad: 'user: question 1\n\nassistant: bad', by: [1, 0] },
  ]);
  expect(manifest).toMatchObject({ rolloutsUsed: 2, excluded: [{ reason: 'sampling/no-pair', count: 1 }] });
});

test('over labelled rollouts and over tasks', async () => {
  const labelled = await made('custom/map', lines, { unit: 'labelled', fields: { a: 'completion', ok: 'label' } });
  expect(labelled.rows.map(({ ok }) => ok)).toEqual([true, false, false]);
  const tasks = await made('custom/map', lines, { unit: 'tasks', fields: { q: 'text(prompt)', t: 'task' } });
  expect(tasks.rows).toEqual([
    { q: 'user: question 1', t: 1 },
    { q: 'user: question 2', t: 2 },
  ]);
  expect(tasks.manifest).toMatchObject({ rolloutsUsed: 3, rowsWritten: 2 });
});

test('a template that makes no sense fails before anything is written', async () => {
  await expect(planExport(memorySource(lines), recipeOf('custom/map', { fields: { a: 'nope(x)' } }))).rejects.toMatchObject({
    code: 'bad-input',
  });
});
