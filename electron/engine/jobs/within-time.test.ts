import { expect, test } from 'vitest';
import { TimeLimitError, withinTime } from './within-time.ts';

const endless = (): boolean => /^(a+)+$/.test(`${'a'.repeat(60)}b`);

test('a regular expression that never ends is stopped, and what comes after it works', () => {
  const started = performance.now();
  expect(() => withinTime(100, endless)).toThrow(TimeLimitError);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(withinTime(1000, () => /^(a+)+$/.test('aaa'))).toBe(true);
});

test('answers and failures of the work are those of the work', () => {
  expect(withinTime(1000, () => undefined)).toBeUndefined();
  const failure = new RangeError('no');
  expect(() =>
    withinTime(1000, () => {
      throw failure;
    }),
  ).toThrow(failure);
});

test('work within work has its own time', () => {
  const inner = withinTime(60_000, () => {
    try {
      return withinTime(50, endless);
    } catch (error) {
      return error;
    }
  });
  expect(inner).toBeInstanceOf(TimeLimitError);
  expect(() => withinTime(50, () => withinTime(60_000, endless))).toThrow(TimeLimitError);
});
