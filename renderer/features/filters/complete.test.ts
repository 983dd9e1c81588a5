import { expect, test } from 'vitest';
import { completeAt, insertCompletion } from './complete.ts';

const columns = ['line', 'tokens', 'tokens_in', 'usage.output_tokens', 'two words'];
const at = (text: string, caret = text.length): readonly string[] | undefined => completeAt(text, caret, columns)?.options;

test('offers columns for the word at the caret', () => {
  expect(at('tok')).toEqual(['tokens', 'tokens_in', 'usage.output_tokens']);
  expect(at('line < 5 and us')).toEqual(['usage.output_tokens']);
  expect(at('`two')).toEqual(['two words']);
  expect(at('tok > 1', 3)).toEqual(['tokens', 'tokens_in', 'usage.output_tokens']);
});

test('offers nothing where no column can be meant', () => {
  expect(at('')).toBeUndefined();
  expect(at('tokens > 1')).toBeUndefined();
  expect(at('agent = "tok')).toBeUndefined();
  expect(at('line')).toBeUndefined();
  expect(at('zzz')).toBeUndefined();
});

test('puts the column in, quoted where it must be', () => {
  const completion = completeAt('a = 1 and `tw', 13, columns);
  expect(completion && insertCompletion('a = 1 and `tw', completion, 'two words')).toEqual({ text: 'a = 1 and `two words` ', caret: 22 });
  const inner = completeAt('tok > 1', 3, columns);
  expect(inner && insertCompletion('tok > 1', inner, 'tokens')).toEqual({ text: 'tokens > 1', caret: 7 });
});
