import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useSteady } from './use-steady.ts';

test('the functions stay the same and do what those of the latest render do', () => {
  const { result, rerender } = renderHook(({ by }) => useSteady({ add: (to: number) => to + by }), { initialProps: { by: 1 } });
  const first = result.current;
  expect(first.add(1)).toBe(2);
  rerender({ by: 10 });
  expect(result.current).toBe(first);
  expect(first.add(1)).toBe(11);
});
