import { expect, test } from 'vitest';
import type { TargetInfo } from '#shared/model/target.ts';
import { madeTargets } from '../../testing/made-export.ts';
import { chosenVariant, gridRows, isChosen, optionsToSet } from './grid-cells.ts';

const [trl, , map] = madeTargets;
if (!trl || !map) throw new Error('made targets');
const dpo: TargetInfo = { ...trl, target: 'trl/dpo', cells: [{ column: 'dpo' }] };
const fields: TargetInfo = {
  ...map,
  cells: [{ column: 'sft' }, { column: 'dpo', options: { unit: 'pairs' } }],
  options: [{ key: 'unit', step: 'mapping', title: '', help: '', kind: 'choice', choices: [], default: 'rollouts' }],
};

test('a framework a row, a method a column; several targets in a cell are a choice', () => {
  const rows = gridRows([trl, { ...trl, target: 'trl/sft-other' }, dpo, fields]);
  expect(rows.map(({ framework, cells }) => [framework.id, cells.map((cell) => cell.map(({ target }) => target.target))])).toEqual([
    ['trl', [['trl/sft', 'trl/sft-other'], ['trl/dpo'], [], [], []]],
    ['custom', [['custom/map'], ['custom/map'], [], [], []]],
  ]);
});

test('a target in several cells is chosen where its options say so', () => {
  const [, custom] = gridRows([trl, fields]);
  const [sft, pairs] = [custom?.cells[0]?.[0], custom?.cells[1]?.[0]];
  if (!sft || !pairs) throw new Error('two cells');
  expect([sft.options, pairs.options]).toEqual([{ unit: 'rollouts' }, { unit: 'pairs' }]);
  expect(isChosen(sft, 'custom/map', () => 'rollouts')).toBe(true);
  expect(isChosen(pairs, 'custom/map', () => 'rollouts')).toBe(false);
  expect(isChosen(pairs, 'custom/map', () => 'pairs')).toBe(true);
  expect(isChosen(pairs, 'trl/sft', () => 'pairs')).toBe(false);
});

test('one cell is chosen, though a target may stand in two with the same options', () => {
  const twice: TargetInfo = { ...fields, cells: [...fields.cells, { column: 'rm', options: { unit: 'pairs' } }] };
  const rows = gridRows([trl, twice]);
  const columnOf = (unit: string, column: 'dpo' | 'rm' | 'sft' | null): string | undefined =>
    chosenVariant(rows, 'custom/map', () => unit, column)?.column;
  expect([columnOf('pairs', 'rm'), columnOf('pairs', 'dpo'), columnOf('pairs', null)]).toEqual(['rm', 'dpo', 'dpo']);
  // What a row is made of was changed in a later step.
  expect([columnOf('rollouts', 'rm'), columnOf('tasks', 'rm')]).toEqual(['sft', undefined]);
});

test('fields are proposed for what a row is made of, until the user has his own', () => {
  const pairFields = { chosen: 'chosen.completion' };
  const [own] = map.options;
  if (!own) throw new Error('an option');
  const target: TargetInfo = {
    ...fields,
    cells: [{ column: 'sft' }, { column: 'dpo', options: { unit: 'pairs', fields: pairFields } }],
    options: [...fields.options, own],
  };
  const [custom] = gridRows([target]);
  const [sft, pairs] = [custom?.cells[0]?.[0], custom?.cells[1]?.[0]];
  if (!sft || !pairs) throw new Error('two cells');
  expect(optionsToSet(pairs, {})).toEqual({ unit: 'pairs', fields: pairFields });
  expect(optionsToSet(sft, { unit: 'pairs', fields: pairFields })).toEqual({ unit: 'rollouts', fields: own.default });
  expect(optionsToSet(sft, { unit: 'pairs', fields: { mine: 'task' } })).toEqual({ unit: 'rollouts' });
  expect(isChosen(pairs, 'custom/map', (key) => (key === 'unit' ? 'pairs' : { mine: 'task' }))).toBe(true);
});
