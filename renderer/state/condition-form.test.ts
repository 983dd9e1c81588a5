import { expect, test } from 'vitest';
import { parseExpression, printExpression } from '#shared/model/expression/index.ts';
import { printForm, readForm } from './condition-form.ts';

test.each([
  ['reward >= 0.5', 'range'],
  ['reward between -0.5 and 1', 'range'],
  ['group.mean < 0.9', 'range'],
  ['rank in group <= 2', 'range'],
  ['reward - 0.1 * truncated > 0.2', 'range'],
  ['not turns = 3', 'range'],
  ['agent = "math"', 'values'],
  ['not agent = "math"', 'values'],
  ['agent in ("math", "code") or null agent or missing agent', 'values'],
  ['not (agent = "math" or missing agent)', 'values'],
  ['prompt ~ "50%"', 'pattern'],
  ['text ~ /time ?out|a\\/b[/]/i', 'pattern'],
  ['has tool "search"', 'tool'],
  ['not has tool "search"', 'tool'],
  ['problem "response/truncated"', 'problem'],
  ['tag "good"', 'tag'],
  ['star', 'flag'],
  ['not truncated', 'flag'],
  ['group.signal', 'flag'],
])('%s is taken apart and put together again', (condition, kind) => {
  const form = readForm(condition);
  expect(form?.kind).toBe(kind);
  const printed = form && printForm(form);
  expect(printed && printExpression(parseExpression(printed))).toBe(printExpression(parseExpression(condition)));
});

test('what controls cannot show is left to the text', () => {
  // `!=` also leaves out rows without a value, which `not (agent = "a")` keeps.
  for (const condition of [
    'a = 1 or b = 2',
    'agent != "a"',
    'prompt ~ /a/s',
    'big = 9007199254740993',
    'big in (1, 9007199254740993)',
    'name < "m"',
    '(',
  ]) {
    expect(readForm(condition)).toBeNull();
  }
});

test('a form that lacks something is no condition yet', () => {
  expect(
    printForm({ kind: 'range', operand: 'a', range: { min: null, max: null, minOpen: false, maxOpen: false }, negated: false }),
  ).toBeNull();
  expect(printForm({ kind: 'values', column: 'a', chosen: [], negated: false })).toBeNull();
  expect(printForm({ kind: 'tool', name: '', negated: false })).toBeNull();
});
