import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { usePaced } from './use-paced.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the first rows count at once, later ones once in a while, the end at once', () => {
  const { result, rerender } = renderHook(({ value, final }) => usePaced(value, 1000, final), { initialProps: { value: 0, final: false } });
  const read = (value: number, final = false): number => {
    rerender({ value, final });
    return result.current;
  };
  expect(read(12)).toBe(12);
  expect(read(40)).toBe(12);
  act(() => void vi.advanceTimersByTime(600));
  expect(read(70)).toBe(12);
  act(() => void vi.advanceTimersByTime(400));
  expect(result.current).toBe(70);
  expect(read(80)).toBe(70);
  expect(read(81, true)).toBe(81);
});
