import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { checkedExpression, checkExpression, type KnownColumn } from './checker.ts';
import { parseExpression } from './parser.ts';

const columns: readonly KnownColumn[] = [
  { name: 'reward', kind: 'number' },
  { name: 'agent', kind: 'string' },
  { name: 'truncated', kind: 'boolean' },
  { name: 'score', kind: 'mixed' },
  { name: 'usage.output_tokens', kind: 'number' },
  { name: 'two words', kind: 'string' },
];

test.each([
  'reward >= 0.5 and agent = "math" and truncated',
  'truncated = false or truncated >= 0.5 or not truncated',
  'score = 1 or score = "a" or score = true or score ~ "x" or score',
  'agent >= "a" and agent between "a" and "b"',
  'missing reward or null agent or missing group.std',
  'group.mean between 0.1 and 0.9 and group.signal and group.size > 1',
  'group.mean(usage.output_tokens) > 100 and group.signal(truncated) and group.std(score - reward) < 2',
  'group.count > 2 and group.pass@4(reward * 2) >= 1 and missing group.max(`group.mean(reward)`)',
])('accepts %s', (text) => {
  expect(() => checkedExpression(text, columns)).not.toThrow();
});

test.each([
  ['rewrd >= 0.5', 0, 'No column "rewrd". Did you mean "reward"?', ['reward']],
  ['reward > 0 and output_tokens > 1', 15, 'No column "output_tokens". Did you mean "usage.output_tokens"?', ['usage.output_tokens']],
  ['two_words = "x"', 0, 'No column "two_words". Did you mean "two words"?', ['`two words`']],
  ['zzz', 0, 'No column "zzz".', []],
  ['reward = "0.5"', 9, '"reward" holds numbers, and "0.5" is text: write 0.5.', ['0.5']],
  ['reward = true', 9, '"reward" holds numbers, and true is true or false.', []],
  ['agent >= 5', 9, '"agent" holds text, and 5 is a number: write "5".', ['"5"']],
  ['agent in ("a", 5)', 15, '"agent" holds text, and 5 is a number: write "5".', ['"5"']],
  ['truncated = "yes"', 12, '"truncated" holds true and false, and "yes" is text: write true.', ['true']],
  ['reward ~ "5"', 9, '"reward" holds numbers, and ~ looks into text.', []],
  ['reward', 6, '"reward" holds numbers: it needs a comparison, such as reward >= 0.5.', []],
  ['not agent', 9, '"agent" holds text: it needs a comparison, such as agent = "…".', []],
  ['reward between 0.9 and 0.1', 23, 'The upper bound 0.1 is below the lower bound 0.9.', []],
  ['score between 1 and "b"', 20, 'The two bounds are of different kinds.', []],
  ['group.mean(agent) > 1', 11, '"agent" holds text, and group.mean takes numbers.', []],
  ['group.mean(rewrd) > 1', 11, 'No column "rewrd". Did you mean "reward"?', ['reward']],
  ['group.std(3) > 1', 10, 'This computes with numbers alone: write its result.', []],
  ['group.mean(reward)', 18, '"group.mean(reward)" holds numbers: it needs a comparison, such as group.mean(reward) >= 0.5.', []],
  ['group.signal(reward) = "yes"', 23, '"group.signal(reward)" holds true and false, and "yes" is text: write true.', ['true']],
  ['group.signal = "yes"', 15, '"group.signal" holds true and false, and "yes" is text: write true.', ['true']],
])('refuses %s', (text, at, message, suggestions) => {
  let thrown: unknown;
  try {
    checkedExpression(text, columns);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(AppError);
  expect(thrown).toMatchObject({ code: 'bad-input', message, details: { at, suggestions } });
});

test('group by names a column, and stands under neither not nor or', () => {
  const columns = [{ name: 'topic', kind: 'string' }] as const;
  const check = (text: string) => () => checkExpression(parseExpression(text), { columns });
  expect(check('group by topic and topic = "x"')).not.toThrow();
  expect(check('not group by topic')).toThrow(/condition of its own/);
  expect(check('group by topic or topic = "x"')).toThrow(/condition of its own/);
  expect(check('group by topics')).toThrow(/Did you mean/);
  expect(check('group by group.mean')).toThrow(/by a column/);
});
