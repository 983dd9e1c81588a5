import { expect, test } from 'vitest';
import {
  formatAgo,
  formatBytes,
  formatCompact,
  formatCount,
  formatDuration,
  formatExact,
  formatPercent,
  formatScore,
  formatTick,
  formatValue,
  plural,
  readNumber,
} from './format.ts';

test('counts have thousands separators and a true minus', () => {
  expect(formatCount(201280)).toBe('201,280');
  expect(formatCount(-1234)).toBe('−1,234');
});

test.each([
  [0, '0'],
  [0.25, '0.250'],
  [-0.491, '−0.491'],
  [1 / 3, '0.333'],
  [19.44, '19.44'],
  [11.7, '11.70'],
  [-100, '−100'],
  [1234.567, '1,235'],
  [2.4966e-16, '2.497e−16'],
  [0.0004, '0.0004'],
  [123456789, '1.235e8'],
  [7698, '7,698'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('value %d is %s', (value, text) => expect(formatValue(value)).toBe(text));

test('scores keep their three decimals where integers are scores too', () => {
  expect(formatScore(1)).toBe('1.000');
  expect(formatScore(-1)).toBe('−1.000');
  expect(formatScore(-100)).toBe('−100');
  expect(formatScore(0.593)).toBe('0.593');
});

test('ticks and compact numbers are short', () => {
  expect([0.1 + 0.2, -0.5, 10_000, 16384, 0].map(formatTick)).toEqual(['0.3', '−0.5', '10k', '16.38k', '0']);
  expect([362_300_000, 4_300_000_000, 999].map(formatCompact)).toEqual(['362.3M', '4.3B', '999']);
  expect([-1.5e308, 1e15].map(formatTick)).toEqual(['−1.5e308', '1e15']);
});

test('bounds keep every digit', () => {
  expect([16384, 0.123456, -0.5, 1e21].map(formatExact)).toEqual(['16,384', '0.123456', '−0.5', '1e+21']);
});

test('percentages never round to a lie', () => {
  expect(formatPercent(0, 10)).toBe('0%');
  expect(formatPercent(1, 1000)).toBe('<1%');
  expect(formatPercent(9999, 10_000)).toBe('>99%');
  expect(formatPercent(10, 10)).toBe('100%');
  expect(formatPercent(0, 0)).toBe('–');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [10_900, '10.9 kB'],
  [212_000_000, '212 MB'],
  [999_600, '1.00 MB'],
  [4_300_000_000, '4.30 GB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test('durations', () => {
  expect([340, 1900, 59_960, 125_000].map(formatDuration)).toEqual(['340 ms', '1.9 s', '1 min 0 s', '2 min 5 s']);
});

test('how long ago', () => {
  const now = new Date(2026, 10, 24, 12, 0);
  const ago = (...then: [number, number, number, number, number]): string => formatAgo(new Date(...then), now);
  expect(ago(2026, 10, 24, 12, 0)).toBe('just now');
  expect(ago(2026, 10, 24, 11, 18)).toBe('42 min ago');
  expect(ago(2026, 10, 24, 9, 30)).toBe('2 h ago');
  expect(ago(2026, 10, 23, 23, 0)).toBe('yesterday');
  expect(ago(2026, 10, 19, 8, 0)).toBe('Nov 19');
  expect(ago(2025, 10, 19, 8, 0)).toBe('Nov 19, 2025');
});

test('reads numbers as people type them', () => {
  expect(['0.5', ' −1,000 ', '-2', '1e-3', '', 'x', 'Infinity'].map(readNumber)).toEqual([0.5, -1000, -2, 0.001, null, null, null]);
  expect(plural(1, 'rollout')).toBe('1 rollout');
  expect(plural(1204, 'rollout')).toBe('1,204 rollouts');
});
