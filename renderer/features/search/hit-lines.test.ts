import { expect, test } from 'vitest';
import { parseExpression } from '#shared/model/expression/index.ts';
import type { SearchMatch, SearchPattern, SearchSnippet } from '#shared/model/search.ts';
import { excerpt, HitLines } from './hit-lines.ts';
import { textCondition } from './text-condition.ts';

const snippet = (text: string, start: number, end: number): SearchSnippet => ({ scope: 'messages', at: 'response', text, start, end });
const match = (row: number, hits: number): SearchMatch => ({
  row,
  path: 'a.jsonl',
  line: row + 1,
  hits,
  snippets: Array.from({ length: hits }, () => snippet('x', 0, 1)),
});

test('lines grow with the matches, and begin anew with another search', () => {
  const lines = new HitLines();
  const matches = [match(3, 2)];
  expect(lines.of(matches).map(({ match: { row }, isFirst }) => [row, isFirst])).toEqual([
    [3, true],
    [3, false],
  ]);
  matches.push(match(7, 1));
  expect(lines.of(matches)).toHaveLength(3);
  expect(lines.of([match(1, 1)]).map(({ match: { row } }) => row)).toEqual([1]);
});

test('an excerpt stands on one line, with as much before the hit as there is room', () => {
  expect(excerpt(snippet('one\n  two three', 10, 15), 4)).toEqual({ before: '…two ', hit: 'three', after: '' });
  expect(excerpt(snippet('a b\tc', 2, 3), 40)).toEqual({ before: 'a ', hit: 'b', after: ' c' });
});

test('the condition of a search finds what the search finds', () => {
  const all: SearchPattern = { text: 'a/b (c)', regex: false, ignoreCase: true, scopes: ['messages', 'reasoning', 'arguments', 'outputs'] };
  expect(textCondition(all)).toBe('text ~ "a/b (c)"');
  const exact = parseExpression(textCondition({ ...all, ignoreCase: false }) ?? '');
  expect(exact).toMatchObject({ kind: 'text', pattern: { kind: 'regex', flags: '' } });
  const pattern = exact.kind === 'text' && exact.pattern.kind === 'regex' ? new RegExp(exact.pattern.source) : /never/;
  expect(pattern.test('x a/b (c) y')).toBe(true);
  expect(pattern.test('A/B (C)')).toBe(false);
  expect(textCondition({ ...all, text: 'x|y', regex: true })).toBe('text ~ /x|y/i');
  expect(textCondition({ ...all, scopes: ['outputs'] })).toBeNull();
});
