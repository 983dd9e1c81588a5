import { expect, test } from 'vitest';
import { parseRecipe, readRecipe } from './recipe.ts';

const old = { version: 1, filter: ['reward >= 0.5'], target: 'trl/sft', options: { 'best-per-task': 1, fields: { a: 'b' } } };
const key = { hash: 'a'.repeat(64), task: '3' };

test('recipes of the first form are what they were; sections may be added', () => {
  expect(parseRecipe(old)).toEqual(old);
  const more = {
    ...old,
    sampling: { shuffle: true },
    seed: 7,
    pairs: [{ chosen: key, rejected: key }],
    rules: { exclude: ['response/truncated'], off: ['admission/masked'] },
  };
  expect(parseRecipe(more)).toEqual(more);
});

test.each([
  [{ ...old, smapling: {} }, 'there is no key "smapling". Did you mean "sampling"?'],
  [{ ...old, rules: { exlude: [] } }, 'there is no key "rules.exlude". Did you mean "exclude"?'],
  [{ ...old, pairs: [{ chosen: { ...key, tsak: '' }, rejected: key }] }, 'there is no key "pairs.0.chosen.tsak". Did you mean "task"?'],
  [{ ...old, out: '/tmp' }, 'there is no key "out".'],
  [{ ...old, seed: 1.5 }, '"seed" must be a whole number'],
  [{ ...old, version: 2 }, '"version" must be 1'],
  [{ ...old, filter: 'reward > 1' }, '"filter" must be a list of conditions'],
  [{ ...old, filter: [1] }, '"filter.0" must be a list of conditions'],
  [{ version: 1, filters: [], target: 'trl/sft', options: {} }, 'there is no key "filters". Did you mean "filter"?'],
  [{ ...old, target: undefined }, '"target" must be the name of a target'],
  [{ ...old, options: { a: [] } }, '"options.a" must hold options'],
  [{ ...old, pairs: [{ chosen: { hash: 'x' }, rejected: key }] }, '"pairs.0.chosen.hash" must be the sha256'],
  [{ ...old, rules: { off: 'x' } }, '"rules.off" must be a list'],
  ['text', 'it must be a JSON object'],
  [null, 'it must be a JSON object'],
])('%j is refused', (value, message) => {
  expect(() => parseRecipe(value)).toThrow(message);
});

test('a text is read as a recipe; where it is no JSON, the place is told', () => {
  expect(readRecipe(`${JSON.stringify(old, null, 2)}\n`)).toEqual(old);
  expect(() => readRecipe('{\n  "version": 1,\n  "filter" []\n}')).toThrow(
    'it is not JSON. It stops making sense at line 3, character 12.',
  );
  expect(() => readRecipe('{\n  "version": 1')).toThrow('at line 2, character 15.');
  expect(() => readRecipe('# a recipe')).toThrow('it is not JSON.');
  expect(() => readRecipe('[]')).toThrow('it must be a JSON object');
});
