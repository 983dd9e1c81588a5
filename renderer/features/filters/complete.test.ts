import { expect, test } from 'vitest';
import type { ColumnInfo } from '#shared/model/column.ts';
import { caretContext } from './caret-context.ts';
import { insertOption, optionsAt, type Vocabulary } from './complete.ts';

const column = (name: string, kind: ColumnInfo['kind']): ColumnInfo => ({ name, kind, derived: false, present: 9, nulls: 0, missing: 0 });
const vocabulary: Vocabulary = {
  columns: [column('tokens', 'number'), column('tokens_in', 'number'), column('agent', 'string'), column('two words', 'string')],
  values: [
    { value: 'math', detail: '40' },
    { value: 'code', detail: '30' },
  ],
  rules: [{ id: 'response/truncated', detail: '12' }],
  tags: ['good'],
};
const at = (text: string, caret = text.length): string[] => {
  const context = caretContext(text, caret);
  return context === null ? [] : optionsAt(context, vocabulary).map(({ label }) => label);
};
const take = (text: string, caret = text.length): string => {
  const context = caretContext(text, caret);
  const option = context === null ? undefined : optionsAt(context, vocabulary)[0];
  if (context === null || option === undefined) throw new Error('no option');
  const next = insertOption(text, caret, context, option);
  return `${next.text.slice(0, next.caret)}|${next.text.slice(next.caret)}`;
};

test('columns are proposed where a condition begins', () => {
  expect(at('tok')).toEqual(['tokens', 'tokens_in']);
  expect(at('tokens < 5 and not (tok')).toEqual(['tokens', 'tokens_in']);
  expect(at('`two')).toEqual(['two words']);
  expect(at('missing ag')).toEqual(['agent']);
  expect(at('tokens + tok')).toEqual(['tokens', 'tokens_in']);
  expect(at('tok > 1', 3)).toEqual(['tokens', 'tokens_in']);
});

test('so are the tests with words of their own, and an empty line shows what there is', () => {
  expect(at('has')).toEqual(['has tool "…"']);
  expect(at('group.s')).toEqual(['group.std', 'group.size', 'group.signal']);
  expect(at('').slice(0, 2)).toEqual(['text ~ "…"', 'has tool "…"']);
  expect(at('')).toContain('tokens');
});

test('a figure of the task may be of another metric', () => {
  expect(at('')).toContain('group.mean( )');
  expect(at('group.std')).toEqual(['group.std', 'group.std( )']);
  expect(at('group.std(')).toEqual(['tokens', 'tokens_in', 'agent', 'two words']);
  expect(at('group.std(tok')).toEqual(['tokens', 'tokens_in']);
  expect(at('group.std(tokens) ')).toContain('>=');
  expect(at('group.signal(tokens) ')).toEqual(['=', '!=']);
  expect(at('group.std(tokens) >= ')).toEqual(['math', 'code']);
  expect(caretContext('group.std(tokens) >= ', 21)).toMatchObject({ wants: 'values', column: null });
  expect(at('max(tokens, tokens_in) ')).toContain('<=');
  expect(at('(tokens > 3) ')).toEqual(['and', 'or']);
});

test('operators fit the kind of the column, values belong to it', () => {
  expect(at('tokens ')).toContain('>=');
  expect(at('agent ')).toEqual(['=', '!=', 'in ( )', '~']);
  expect(at('agent = ')).toEqual(['math', 'code']);
  expect(at('agent = "m')).toEqual(['math']);
  expect(at('agent in ("math", "c')).toEqual(['code']);
  expect(caretContext('tokens between 1 and ', 21)).toMatchObject({ wants: 'values', column: 'tokens' });
  expect(at('problem "trunc')).toEqual(['response/truncated']);
  expect(at('tag "')).toEqual(['good']);
  expect(at('agent = "math" ')).toEqual(['and', 'or']);
});

test('nothing is proposed inside numbers, patterns and free text', () => {
  expect(at('tokens > 1')).toEqual([]);
  expect(at('agent ~ /to')).toEqual([]);
  expect(at('agent ~ "tok')).toEqual([]);
  expect(at('has tool "tok')).toEqual([]);
  expect(at('zzz')).toEqual([]);
  expect(at('tokens & a')).toEqual([]);
});

test('an option takes the place of the word, quoted where it must be', () => {
  expect(take('tokens = 1 and `tw')).toBe('tokens = 1 and `two words` |');
  expect(take('tok > 1', 3)).toBe('tokens |> 1');
  expect(take('agent = "m" and star', 10)).toBe('agent = "math" |and star');
  expect(take('agent in ("math", c')).toBe('agent in ("math", "code" |');
});
