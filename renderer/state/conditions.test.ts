import { expect, test } from 'vitest';
import { choicesOf, toggleChoice } from './choices.ts';
import { draftRange, trialOf, withDraft, withDraftRange } from './draft.ts';
import { splitAt, splitCondition, splitOf } from './split.ts';
import { conditionWords } from './words.ts';

test('ticking values makes one condition of a column, and unticking takes it away', () => {
  let filter = toggleChoice(['turns < 10'], 'agent', { value: 'math' });
  expect(filter).toEqual(['turns < 10', 'agent = "math"']);
  filter = toggleChoice(filter, 'agent', { value: 'code' });
  filter = toggleChoice(filter, 'agent', 'null');
  expect(filter).toEqual(['turns < 10', 'agent in ("math", "code") or null agent']);
  expect(choicesOf(filter, 'agent')).toEqual({ index: 1, chosen: [{ value: 'math' }, { value: 'code' }, 'null'] });
  filter = toggleChoice(filter, 'agent', { value: 'math' });
  filter = toggleChoice(filter, 'agent', 'null');
  filter = toggleChoice(filter, 'agent', { value: 'code' });
  expect(filter).toEqual(['turns < 10']);
});

test('conditions of another form or column are no choices', () => {
  expect(choicesOf(['agent != "a"', 'agent = "a" or turns = 1', 'agent ~ "a"', 'status = "x"', 'agent >'], 'agent')).toEqual({
    index: null,
    chosen: [],
  });
});

test('a draft is held against the filter without the range it would replace', () => {
  const filter = ['agent = "a"', 'reward >= 0.5'];
  expect(trialOf(filter, 'reward between 0.2 and 0.8')).toEqual({ base: ['agent = "a"'], replaces: 1 });
  expect(trialOf(filter, 'turns <= 3')).toEqual({ base: filter, replaces: null });
  expect(trialOf(filter, null)).toEqual({ base: filter, replaces: null });
  expect(withDraft(filter, 'turns <= 3')).toEqual([...filter, 'turns <= 3']);
});

test('a draft of two columns is moved on one of them', () => {
  const both = 'reward between 0 and 0.4 and tokens <= 90';
  expect(trialOf(['tokens > 5', 'turns < 3', 'reward = 1'], both).base).toEqual(['turns < 3']);
  expect(draftRange(both, 'tokens')).toMatchObject({ min: null, max: 90 });
  expect(draftRange(both, 'turns')).toBeNull();
  expect(withDraftRange(both, 'reward', { min: 0.2, max: null })).toBe('reward >= 0.2 and tokens <= 90');
  expect(withDraftRange(both, 'reward', { min: null, max: null })).toBe('tokens <= 90');
  expect(withDraftRange('tokens <= 90', 'tokens', { min: null, max: null })).toBeNull();
  expect(withDraftRange('group.signal', 'reward', { min: 0.5, max: null })).toBe('reward >= 0.5');
});

test('a split is told from other conditions', () => {
  for (const column of ['reward', 'tokens', 'a b', 'reward - 0.1 * truncated', 'usage.output_tokens']) {
    expect(splitOf(splitCondition({ column, at: -0.25 }))).toEqual({ column, at: -0.25 });
  }
  expect(splitCondition({ column: 'reward', at: 1 })).toBe('group.max >= 1 and group.min < 1');
  expect(splitAt('group.max(tokens) >= 1 and group.min(tokens) < 1', 'tokens')).toBe(1);
  expect(splitAt('group.max(tokens) >= 1 and group.min(tokens) < 1', 'reward')).toBeNull();
  expect(splitOf('group.max(tokens) >= 1 and group.min < 1')).toBeNull();
  expect(splitOf('group.max >= 1 and group.min < 0.5')).toBeNull();
  expect(splitOf('group.min < 0.5')).toBeNull();
  expect(splitOf('reward >= 0.5')).toBeNull();
  expect(splitOf(null)).toBeNull();
});

test('what a draft joins by "and" becomes conditions of their own', () => {
  expect(withDraft(['reward >= 0.5', 'agent = "a"'], 'reward between 0 and 0.4 and tokens <= 90')).toEqual([
    'reward between 0 and 0.4',
    'agent = "a"',
    'tokens <= 90',
  ]);
  expect(withDraft([], 'reward > 0 and reward < 1')).toEqual(['reward > 0 and reward < 1']);
  expect(withDraft([], 'broken (')).toEqual(['broken (']);
});

test.each([
  ['status = "completed"', 'status is completed'],
  ['tokens <= 16384', 'tokens ≤ 16384'],
  ['reward between 0.2 and 0.8', 'reward from 0.2 to 0.8'],
  ['agent in ("a", "b")', 'agent is a, b'],
  ['missing reward', 'reward is missing'],
  ['truncated', 'truncated is true'],
  ['prompt ~ /a|b/i', 'prompt contains /a|b/i'],
  ['group.mean > 0.1', 'group.mean > 0.1'],
  ['group.mean(tokens) > 100', 'mean of tokens in the task > 100'],
  ['`group.std(reward - turns)` between 1 and 2', 'std of reward - turns in the task from 1 to 2'],
  ['group.signal(tokens)', 'tokens in the task has a signal'],
  ['not group.signal(tokens)', 'tokens in the task has not a signal'],
  ['group.count(tokens) >= 4', 'rollouts of the task with tokens ≥ 4'],
  ['not has tool "search"', 'tools do not call search'],
  ['not truncated', 'truncated is not true'],
  ['not reward between 0 and 1', 'reward not from 0 to 1'],
  [splitCondition({ column: 'reward', at: 0.5 }), 'tasks split into chosen and rejected at 0.5'],
  [splitCondition({ column: 'tokens', at: 9 }), 'tasks split into chosen and rejected by tokens at 9'],
  [`not (${splitCondition({ column: 'reward', at: -2 })})`, 'tasks not split into chosen and rejected at -2'],
])('%s reads "%s"', (condition, text) => {
  const words = conditionWords(condition, String);
  expect(words && `${words.subject} ${words.relation} ${words.value}`).toBe(text);
});

test('what is too involved is not put into words', () => {
  expect(conditionWords('a = 1 or b = 2', String)).toBeNull();
  expect(conditionWords('not an expression (', String)).toBeNull();
});
