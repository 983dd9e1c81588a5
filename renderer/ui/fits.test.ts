import { expect, test } from 'vitest';
import { surelyFits } from './fits.ts';

test('slender characters need 8 px each, other Latin ones 13', () => {
  expect(surelyFits('quiz_judge', 80)).toBe(true);
  expect(surelyFits('quiz_judge', 79)).toBe(false);
  expect(surelyFits('−0.125', 48)).toBe(true);
  expect(surelyFits('MMM', 38)).toBe(false);
  expect(surelyFits('MMM', 39)).toBe(true);
});

test('of characters whose width is not known nothing is said', () => {
  expect(surelyFits('字', 100)).toBe(false);
  expect(surelyFits('😀', 100)).toBe(false);
  expect(surelyFits('\t', 100)).toBe(false);
});
