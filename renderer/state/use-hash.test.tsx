import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useHash } from './use-hash.ts';
import { initialView, type ViewState } from './view-state.ts';

beforeEach(() => {
  vi.useFakeTimers();
  window.history.replaceState(null, '', '/');
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function follow() {
  const replaced = vi.spyOn(window.history, 'replaceState');
  const pushed = vi.spyOn(window.history, 'pushState');
  const { rerender } = renderHook(
    (view: ViewState) =>
      useHash(
        view,
        '',
        () => undefined,
        () => undefined,
      ),
    { initialProps: initialView },
  );
  const drag = (to: number): void => rerender({ ...initialView, draft: `reward >= ${to}` });
  return { rerender, drag, replaced, pushed };
}
const press = (type: 'pointerdown' | 'pointerup'): boolean => window.dispatchEvent(new Event(type));
const address = (): string => decodeURIComponent(window.location.hash);

test('a drag writes the address where it ends', () => {
  const { drag, replaced } = follow();
  press('pointerdown');
  for (let at = 1; at <= 60; at++) {
    drag(at);
    vi.advanceTimersByTime(16);
  }
  expect(replaced).not.toHaveBeenCalled();
  press('pointerup');
  expect(address()).toBe('#draft="reward >= 60"');
  drag(61);
  drag(62);
  expect(address()).toBe('#draft="reward >= 62"');
});

test('a drag that pauses is written, too', () => {
  const { drag } = follow();
  press('pointerdown');
  drag(1);
  drag(2);
  expect(address()).toBe('');
  vi.advanceTimersByTime(250);
  expect(address()).toBe('#draft="reward >= 2"');
});

test('a key that is held writes the address where it rests, one that is pressed at once', () => {
  const { drag, replaced } = follow();
  const key = (repeat: boolean): boolean => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', repeat }));
  key(false);
  drag(1);
  key(false);
  drag(2);
  expect(replaced).toHaveBeenCalledTimes(2);
  for (let at = 3; at <= 62; at++) {
    key(true);
    drag(at);
    vi.advanceTimersByTime(16);
  }
  expect(replaced).toHaveBeenCalledTimes(2);
  window.dispatchEvent(new Event('keyup'));
  expect(address()).toBe('#draft="reward >= 62"');
});

test('a step is written at once, and Back leads to where one was when it was taken', () => {
  const { drag, rerender, replaced, pushed } = follow();
  press('pointerdown');
  drag(1);
  drag(2);
  expect(address()).toBe('');
  rerender({ ...initialView, filter: ['reward >= 2'] });
  expect(address()).toBe('#filter=["reward >= 2"]');
  expect(decodeURIComponent(String(replaced.mock.lastCall?.[2]))).toBe('#draft="reward >= 2"');
  expect(pushed).toHaveBeenCalledTimes(1);
});

test('what waits is written when the page is left', () => {
  const { drag } = follow();
  press('pointerdown');
  drag(1);
  drag(2);
  window.dispatchEvent(new Event('pagehide'));
  expect(address()).toBe('#draft="reward >= 2"');
});
