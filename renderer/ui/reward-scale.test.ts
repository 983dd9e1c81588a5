import { expect, test } from 'vitest';
import { rewardHeight, rewardTone } from './reward-scale.ts';

const range = { min: -0.5, max: 1 };

test.each([
  [1, 'above', 3],
  [0.593, 'above', 1],
  [0.5, 'above', 1],
  [0.25, 'below', 1],
  [0, 'below', 2],
  [-0.5, 'below', 3],
] as const)('%d is %s, step %d', (value, side, step) => expect(rewardTone(value, 0.5, range)).toEqual({ side, step }));

test('a mark at the end of the range leaves no room on that side', () => {
  expect(rewardTone(1, 1, { min: 0, max: 1 })).toEqual({ side: 'above', step: 3 });
  expect(rewardTone(0, 1, { min: 0, max: 1 })).toEqual({ side: 'below', step: 3 });
});

test('height is the position in the range', () => {
  expect(rewardHeight(0.25, range)).toBeCloseTo(0.5);
  expect(rewardHeight(5, range)).toBe(1);
  expect(rewardHeight(1, { min: 1, max: 1 })).toBe(1);
});
