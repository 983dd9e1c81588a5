import { expect, test } from 'vitest';
import { matching, pieces } from './match.ts';

const titles = (query: string): string[] =>
  matching(
    [
      { title: 'Make the rail wider' },
      { title: 'library_reward' },
      { title: 'unrewarding' },
      { title: 'reward' },
      { title: 'Sort by reward, highest first' },
      { title: 'Dark theme', words: 'night reward' },
    ],
    query,
  ).map(({ title }) => title);

test('every word must be there, and the nearer to the beginning the better', () => {
  expect(titles('rew')).toEqual(['reward', 'library_reward', 'Sort by reward, highest first', 'unrewarding', 'Dark theme']);
  expect(titles('sort HIGH')).toEqual(['Sort by reward, highest first']);
  expect(titles('sort low')).toEqual([]);
  expect(titles('')).toHaveLength(6);
});

test('what the query names is marked, signs of patterns too', () => {
  expect(pieces('Sort by reward', 'rew so')).toEqual([
    { text: 'So', hit: true },
    { text: 'rt by ', hit: false },
    { text: 'rew', hit: true },
    { text: 'ard', hit: false },
  ]);
  expect(pieces('“a.b(” in all', 'a.b(')).toEqual([
    { text: '“', hit: false },
    { text: 'a.b(', hit: true },
    { text: '” in all', hit: false },
  ]);
});
