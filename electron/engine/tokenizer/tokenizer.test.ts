import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readTokenizer } from './index.ts';

const soon = (): number => performance.now() + 10_000;
const read = (name: string): string => readFileSync(path.join(import.meta.dirname, 'testing', name), 'utf8');

test.each(['bytes', 'metaspace'])('tokens of %s, and where they begin, are those of Python', (name) => {
  const tokenizer = readTokenizer(read(`${name}.tokenizer.json`), 'tokenizer.json');
  const cases: { text: string; ids: number[]; starts: number[] }[] = JSON.parse(read(`${name}.python.json`));
  expect(cases.length).toBeGreaterThan(3);
  for (const { text, ids, starts } of cases) {
    expect(tokenizer.encode(text, soon()), text).toEqual({ ids, starts });
    expect(tokenizer.count(text, soon())).toBe(ids.length);
  }
});

test('what it is stands in a few words', () => {
  expect(readTokenizer(read('bytes.tokenizer.json'), 'tokenizer.json').about).toMatch(/^BPE, \d+ tokens$/);
});

test('other files are refused, with what to choose', () => {
  expect(() => readTokenizer('{', 'a.json')).toThrow('a.json is no tokenizer.json: it is no JSON.');
  expect(() => readTokenizer('{"chat_template": ""}', 'tokenizer_config.json')).toThrow(/has no model\. The tokens are in tokenizer\.json/);
  expect(() => readTokenizer('{"model": {"type": "Magic"}}', 'a.json')).toThrow(/of a kind that cannot be read here/);
});

test('a tokenizer that changes the text says how many tokens, not where they begin', () => {
  const file = {
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    model: {
      type: 'WordPiece',
      vocab: { '[UNK]': 0, how: 1, heavy: 2, a: 3 },
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
    },
  };
  const { ids, starts } = readTokenizer(JSON.stringify(file), 'tokenizer.json').encode('How heavy', soon());
  expect(ids).toEqual([1, 2]);
  expect(starts).toBeUndefined();
});
