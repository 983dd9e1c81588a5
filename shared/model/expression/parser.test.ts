import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { groupingOf } from './conditions.ts';
import { parseExpression } from './parser.ts';
import { printExpression } from './printer.ts';

function failure(text: string): { at: number | undefined; message: string; suggestions: readonly string[] } {
  try {
    parseExpression(text);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') {
      return { at: error.details.at, message: error.message, suggestions: error.details.suggestions ?? [] };
    }
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('parseExpression', () => {
  test('binds not before and before or', () => {
    const tree = parseExpression('a or not b and c');
    expect(tree).toMatchObject({
      kind: 'or',
      parts: [{ kind: 'is-true' }, { kind: 'and', parts: [{ kind: 'not', part: { kind: 'is-true' } }, { kind: 'is-true' }] }],
    });
  });

  test('reads every test', () => {
    expect(parseExpression('x == -1.5e3')).toMatchObject({ kind: 'equal', negated: false, value: { value: -1500, text: '-1.5e3' } });
    expect(parseExpression('usage.output_tokens between .5 and 2')).toMatchObject({
      kind: 'between',
      operand: { kind: 'column', name: 'usage.output_tokens' },
      low: { value: 0.5 },
      high: { value: 2 },
    });
    expect(parseExpression('x IN ("a", \'b\', 3, true)')).toMatchObject({
      values: [{ value: 'a' }, { value: 'b' }, { value: 3 }, { value: true }],
    });
    expect(parseExpression('answer ~ /a\\/[/]b|c/i')).toMatchObject({ pattern: { kind: 'regex', source: 'a\\/[/]b|c', flags: 'i' } });
    expect(parseExpression('text ~ "Caf\\u00e9\\n"')).toMatchObject({ pattern: { kind: 'contains', text: 'Café\n' } });
    expect(parseExpression('missing `odd ``name`` `')).toMatchObject({ kind: 'missing', operand: { name: 'odd `name` ' } });
    expect(parseExpression('null reward')).toMatchObject({ kind: 'null', operand: { name: 'reward' } });
    expect(parseExpression('group.signal')).toMatchObject({ kind: 'is-true', operand: { kind: 'group', figure: 'signal' } });
    expect(parseExpression('`group.signal`')).toMatchObject({ operand: { kind: 'column', name: 'group.signal' } });
    expect(parseExpression('größe >= 1')).toMatchObject({ operand: { name: 'größe' } });
  });

  test('reads tests of whole rows', () => {
    expect(parseExpression('has tool "search"')).toMatchObject({ kind: 'has-tool', name: { value: 'search', start: 9 } });
    expect(parseExpression('problem "json/nan"')).toMatchObject({ kind: 'problem', rule: { value: 'json/nan', start: 8 } });
    expect(parseExpression('text ~ /a/i')).toMatchObject({ kind: 'text', pattern: { source: 'a', flags: 'i' } });
    expect(parseExpression('Star and TAG "good"')).toMatchObject({ parts: [{ kind: 'star' }, { kind: 'tag', tag: { value: 'good' } }] });
    expect(parseExpression('(star)')).toMatchObject({ kind: 'star', start: 0, end: 6 });
  });

  test('the same words name columns where nothing else can be meant, and in backquotes', () => {
    expect(parseExpression('star = 5')).toMatchObject({ kind: 'equal', operand: { name: 'star' } });
    expect(parseExpression('`star`')).toMatchObject({ kind: 'is-true', operand: { name: 'star' } });
    expect(parseExpression('`text` ~ "a"')).toMatchObject({ kind: 'match', operand: { name: 'text' } });
    expect(parseExpression('text = "a"')).toMatchObject({ kind: 'equal', operand: { name: 'text' } });
    expect(parseExpression('has and problem and tag and rank')).toMatchObject({ parts: [{}, {}, {}, { operand: { name: 'rank' } }] });
    expect(parseExpression('min > 1')).toMatchObject({ operand: { kind: 'column', name: 'min' } });
  });

  test('reads what is computed, products first, from the left', () => {
    expect(parseExpression('rank in group <= 2')).toMatchObject({ kind: 'order', operand: { kind: 'rank', start: 0, end: 13 } });
    expect(parseExpression('reward - 0.1 * truncated > -1')).toMatchObject({
      operand: { kind: 'arithmetic', sign: '-', left: { name: 'reward' }, right: { sign: '*', left: { value: 0.1 } } },
      value: { value: -1 },
    });
    expect(parseExpression('a-1-2 = 0')).toMatchObject({ operand: { left: { sign: '-', left: { name: 'a' } }, right: { value: 2 } } });
    expect(parseExpression('((a + b)) * -c / 2 between 0 and 1')).toMatchObject({
      kind: 'between',
      operand: { sign: '/', left: { sign: '*', left: { sign: '+', start: 0, end: 9 }, right: { kind: 'negative' } } },
    });
    expect(parseExpression('min(a, 2 * b) in (1) and (a) > 1 and abs(-a) = 1')).toMatchObject({
      parts: [
        { operand: { kind: 'call', parts: [{}, { sign: '*' }] } },
        { kind: 'order', operand: { name: 'a' } },
        { operand: { function: 'abs' } },
      ],
    });
    expect(parseExpression('a / 2 > 1 or b / 2 > 1')).toMatchObject({ kind: 'or', parts: [{ operand: { sign: '/' } }, {}] });
    expect(parseExpression('response.output[0].type = "x"')).toMatchObject({ operand: { name: 'response.output[0].type' } });
  });

  test('keeps the spans of what was written', () => {
    expect(parseExpression('  (a = 1)  and b')).toMatchObject({ start: 2, end: 16, parts: [{ start: 2, end: 9 }, { start: 15 }] });
  });

  test.each([
    ['reward >= ', 10, 'Expected a number after >=.'],
    ['reward >= and', 10, 'Expected a number after >=.'],
    ['reward between 1 or 2', 17, 'Expected and with the upper bound: between 0.2 and 0.8.'],
    ['', 0, 'Expected a condition, such as reward >= 0.5.'],
    ['a and', 5, 'Expected a condition, such as reward >= 0.5.'],
    ['a and or b', 6, 'Expected the name of a column. A column of the name "or" is written in backquotes.'],
    ['(a or b', 7, 'Expected ) here.'],
    ['a)', 1, 'This parenthesis closes nothing.'],
    ['a b', 2, 'Expected and, or, or the end after this condition.'],
    ['a = "x', 4, 'This text has no closing ".'],
    ['a = "\\q"', 5, 'Unknown escape: a backslash in a text is written \\\\.'],
    ['`a', 0, 'This name has no closing `.'],
    ['a ~ /x', 4, 'This pattern has no closing /.'],
    ['a ~ /x(/', 6, 'The pattern is wrong: Unterminated group.'],
    ['a ~ /b)/', 6, "The pattern is wrong: Unmatched ')'."],
    ['a ~ /b**/', 7, 'The pattern is wrong: Nothing to repeat.'],
    ['a ~ /b[c/', 4, 'This pattern has no closing /.'],
    ['a ~ /b(?=c)/', 6, 'A pattern cannot look ahead or behind: it may take for ever. Join two conditions with and instead.'],
    ['a ~ /(b)\\1/', 8, 'A pattern cannot refer back to a group: it may take for ever.'],
    ['a ~ /b{1001}/', 6, 'A pattern repeats a part 1000 times at most.'],
    ['reward - * 2 > 1', 9, 'Expected a column or a number after -.'],
    ['(reward - 1 > 0', 15, 'Expected ) here.'],
    ['abs(reward, 1) > 0', 12, 'abs takes one value.'],
    ['has tool', 8, 'Expected the name of a tool: has tool "search".'],
    ['has tool search', 9, 'Expected the name of a tool: has tool "search". Text goes in quotes: "search".'],
    ['text ~ 5', 7, 'Expected a pattern after ~: /regex/ or "text".'],
    ['a ~ /x/ig', 8, 'Unknown flag "g": i, m, s and u are, once each.'],
    ['a ~ 5', 4, 'Expected a pattern after ~: /regex/ or "text".'],
    ['a in "x"', 5, 'Expected a list in parentheses after in: in ("a", "b").'],
    ['a in ("x" "y")', 10, 'Expected , or ) in this list.'],
    ['a in ()', 6, 'Expected a value after (.'],
    ['a >= 1_000', 5, 'This is no number.'],
    ['a = null', 4, 'Expected a value after =. To find null values write: null NAME.'],
    ['a ≥ 1', 2, 'Unexpected "≥".'],
    ['a 🙂', 2, 'Unexpected "🙂".'],
    ['not', 3, 'Expected a condition, such as reward >= 0.5.'],
  ])('%j fails at %i', (text, at, message) => {
    expect(failure(text)).toMatchObject({ at, message });
  });

  test('offers what was probably meant', () => {
    expect(failure('agent = math')).toMatchObject({ at: 8, suggestions: ['"math"'] });
    expect(failure('a && b')).toMatchObject({ at: 2, suggestions: ['and'] });
    expect(failure('a >= 1 and group.mena > 0')).toMatchObject({ at: 11, suggestions: ['group.mean'] });
    expect(failure('group.sum > 0').suggestions).toContain('group.signal');
  });

  test('refuses nesting that would exhaust the stack', () => {
    expect(failure('('.repeat(100_000) + 'a').message).toBe('Too many levels of parentheses.');
    expect(failure('not '.repeat(100_000) + 'a').message).toBe('Too many levels of parentheses.');
    expect(parseExpression('('.repeat(150) + 'a' + ')'.repeat(150)).kind).toBe('is-true');
  });
});

test('group by says what makes tasks, by itself or joined with and', () => {
  expect(parseExpression('group by problem_id')).toMatchObject({ kind: 'group-by', column: 'problem_id', start: 0, end: 19 });
  expect(printExpression(parseExpression('Group By `a b` and reward > 0'))).toBe('group by `a b` and reward > 0');
  expect(() => parseExpression('group by 3')).toThrow(/name of a column/);
  // A column may be called group all the same.
  expect(parseExpression('group = 1')).toMatchObject({ kind: 'equal' });
  expect(groupingOf(['reward > 0', 'group by a', 'group by b and star', 'nonsense (group by'])).toBe('b');
  expect(groupingOf(['group.size > 1'])).toBeUndefined();
});

test('a figure of the group names what it is of; those of no metric take none', () => {
  const failure = (text: string): unknown => {
    try {
      return parseExpression(text);
    } catch (thrown) {
      return thrown;
    }
  };
  expect(parseExpression('group.mean(tokens) > 3')).toMatchObject({
    operand: { kind: 'group', figure: 'mean', of: { kind: 'column', name: 'tokens', start: 11, end: 17 }, start: 0, end: 18 },
  });
  expect(parseExpression('group.max(a) - group.min(a) > 1')).toMatchObject({ operand: { kind: 'arithmetic', sign: '-' } });
  expect(parseExpression('group.signal( reward-0.1 * truncated )')).toMatchObject({
    kind: 'is-true',
    operand: { of: { kind: 'arithmetic' } },
  });
  expect(parseExpression('`group.mean`')).toMatchObject({ operand: { kind: 'column', name: 'group.mean' } });
  expect(failure('group.size(tokens) > 3')).toMatchObject({
    message: 'group.size counts rollouts, whatever the metric: it takes no value.',
    details: { at: 10 },
  });
  expect(failure('group.mean( > 3')).toMatchObject({ message: 'Expected a column or a number after group.mean(.', details: { at: 12 } });
  expect(failure('group.mean(tokens > 3')).toMatchObject({ details: { at: 18 } });
  expect(failure('group.meen(tokens) > 3')).toMatchObject({ details: { at: 0, suggestions: ['group.mean'] } });
});

test('pass@k of the group, for any k', () => {
  expect(parseExpression('group.pass@8 >= 0.5')).toMatchObject({ operand: { kind: 'group', figure: 'pass@8' } });
  expect(printExpression(parseExpression('group.pass@1 between 0.2 and 0.8'))).toBe('group.pass@1 between 0.2 and 0.8');
  expect(failure('group.pass@0 > 1').message).toMatch(/No group figure/);
  expect(failure('group.pass@ > 1').at).toBe(10);
});
