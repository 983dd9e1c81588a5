import { renderHook } from '@testing-library/react';
import type { KeyboardEvent } from 'react';
import { expect, test, vi } from 'vitest';
import { useHeldKey } from './use-held-key.ts';

const press = (repeat: boolean): KeyboardEvent => Object.assign(Object.create(null), { repeat });

test('a held key takes one step a frame; presses of their own are all taken', () => {
  const frames: FrameRequestCallback[] = [];
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run));
  const { result, rerender } = renderHook(() => useHeldKey());
  const taken = (repeat: boolean): boolean => {
    if (result.current.isEarly(press(repeat))) return false;
    result.current.took();
    return true;
  };
  expect([taken(false), taken(true), taken(true)]).toEqual([true, false, false]);
  rerender();
  expect(taken(true)).toBe(false);
  frames.pop()?.(0);
  expect([taken(true), taken(true)]).toEqual([true, false]);
  expect([taken(false), taken(false)]).toEqual([true, true]);
  expect(frames).toHaveLength(1);
  vi.unstubAllGlobals();
});
