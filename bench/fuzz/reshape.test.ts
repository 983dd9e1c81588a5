import { expect, test } from 'vitest';
import { random as seeded } from '../generate/random.ts';
import { reshape } from './reshape.ts';
import { rewriteNumber, rewriteString } from './rewrite.ts';
import { numbers, escapes } from './tokens.ts';
import { parseTree } from './tree.ts';

const valid = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('a number and a string written otherwise are the same', () => {
  const random = seeded(1);
  const written = new Set<string>();
  for (const number of numbers.filter(valid)) {
    for (let i = 0; i < 200; i++) {
      const text = rewriteNumber(number, random);
      expect(JSON.parse(text), `${number} as ${text}`).toBe(Number(number));
      written.add(text);
    }
  }
  expect(written.size).toBeGreaterThan(1000);
  for (const source of [...escapes, 'plain', 'é漢😀', '\\ud83d\\ude00 \\ude00\\ud83d'].filter((text) => valid(`"${text}"`))) {
    for (let i = 0; i < 50; i++) {
      const text = rewriteString(source, random);
      expect(JSON.parse(`"${text}"`)).toBe(JSON.parse(`"${source}"`));
      expect(Buffer.from(text).toString()).toBe(text);
    }
  }
});

test('a reshaped line is an object of valid JSON, and seldom the same twice', () => {
  const random = seeded(2);
  const line = '{"a":[1,2.5,{"b":"x\\n"},[],{}],"response":{"output":[{"type":"message","role":"user","content":"é"}]},"n":null,"t":true}';
  expect(reshape(parseTree(line), [], { ...random, chance: () => false }).toString()).toBe(line);
  const tree = parseTree(line);
  const made = Array.from({ length: 2000 }, () => reshape(tree, [tree, parseTree('[1,"two"]')], random).toString());
  for (const text of made) expect(text.trim().startsWith('{') && valid(text), text).toBe(true);
  expect(new Set(made).size).toBeGreaterThan(1500);
});
