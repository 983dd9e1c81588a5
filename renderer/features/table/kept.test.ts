import { expect, test } from 'vitest';
import type { Cell } from '#shared/model/cell.ts';
import { conditionRange } from '#shared/model/expression/index.ts';
import type { CellBox, PageRow } from '../../data/row-pages.ts';
import { keepsRow } from './kept.ts';

const page = (box: CellBox | undefined, kept = true): PageRow => ({ row: 0, kept, cell: () => box });
const keeps = (value: Cell, condition: string): boolean => keepsRow(page({ value }), conditionRange(condition));

test.each<[Cell, string, boolean]>([
  [0.5, 'reward >= 0.5', true],
  [0.5, 'reward > 0.5', false],
  [0.9, 'reward between 0.2 and 0.8', false],
  [0.8, 'reward between 0.2 and 0.8', true],
  [-1, 'reward < 0', true],
  [true, 'passed >= 1', true],
  [false, 'passed >= 1', false],
  [{ exact: '9007199254740993' }, 'id >= 9', true],
  ['1', 'reward >= 0', false],
  [null, 'reward >= -100', false],
])('%j under %s: %s', (value, condition, kept) => expect(keeps(value, condition)).toBe(kept));

test('a row without the field goes, one that is not loaded stays', () => {
  const range = conditionRange('reward >= 0');
  expect(keepsRow(page('absent'), range)).toBe(false);
  expect(keepsRow(page(undefined), range)).toBe(true);
});

test('other drafts are answered by the engine', () => {
  expect(keepsRow(page({ value: 1 }, false), null)).toBe(false);
});
