import { expect, test } from 'vitest';
import { NearDuplicates } from './near-duplicates.ts';
import { seededRandom } from './random.ts';
import { likeness, shinglesOf } from './shingles.ts';

/** The definition, with sets of the words themselves. */
function jaccard(a: string, b: string): number {
  const [one, two] = [a, b].map((text) => {
    const words = text.toLowerCase().split(' ');
    return new Set(words.slice(0, Math.max(1, words.length - 4)).map((_, i) => words.slice(i, i + 5).join(' ')));
  });
  const common = [...(one ?? [])].filter((each) => two?.has(each)).length;
  return common / ((one?.size ?? 0) + (two?.size ?? 0) - common);
}

const sentence = (random: () => number, length: number): string[] => Array.from({ length }, () => `word${Math.floor(random() * 5000)}`);

test('likeness is the share of runs of five words', () => {
  const random = seededRandom(1);
  for (let i = 0; i < 50; i++) {
    const words = sentence(random, 3 + Math.floor(random() * 60));
    const other = words.map((word) => (random() < 0.05 ? 'CHANGED' : word));
    expect(likeness(shinglesOf(words.join(' ')), shinglesOf(other.join('  ')))).toBeCloseTo(jaccard(words.join(' '), other.join(' ')), 12);
  }
});

test('signs, case, spaces and scripts without spaces', () => {
  expect(shinglesOf('One two  three\nfour five SIX')).toEqual(shinglesOf('one two three four five six'));
  expect(shinglesOf('x = y + 1')).not.toEqual(shinglesOf('x = y - 1'));
  expect(shinglesOf('今天天气很好我们').size).toBe(4);
  expect(shinglesOf('a b').size).toBe(1);
  expect(shinglesOf(' \n').size).toBe(0);
});

test('finds what comparing every text with every other finds, and nothing else', () => {
  const random = seededRandom(7);
  const texts: string[] = [];
  for (let i = 0; i < 120; i++) {
    const words = sentence(random, 40 + Math.floor(random() * 60));
    texts.push(words.join(' '));
    for (let copy = 0; copy < 3; copy++) {
      const share = [0.005, 0.02, 0.05][copy] ?? 0;
      texts.push(words.map((word) => (random() < share ? `other${Math.floor(random() * 1e9)}` : word)).join(' '));
    }
  }
  const threshold = 0.85;
  const kept: string[] = [];
  const wanted = texts.map((text) => {
    const found = kept.some((other) => jaccard(text, other) >= threshold);
    if (!found) kept.push(text);
    return found;
  });
  const stays: string[] = [];
  const near = new NearDuplicates(texts.length, threshold, (at) => shinglesOf(stays[at] ?? ''));
  const found = texts.map((text) => {
    const like = near.find(shinglesOf(text));
    if (like) expect(like.likeness).toBeCloseTo(jaccard(text, stays[like.at] ?? ''), 12);
    else stays[near.add(shinglesOf(text))] = text;
    return like !== undefined;
  });
  expect(wanted.filter(Boolean).length).toBeGreaterThan(150);
  expect(found).toEqual(wanted);
});

test('texts of another scope are not compared', () => {
  const shingles = shinglesOf('the same words in the same order');
  const near = new NearDuplicates(2, 0.9, () => shingles);
  near.add(shingles, 3);
  expect(near.find(shingles, 4)).toBeUndefined();
  expect(near.find(shingles, 3)).toEqual({ at: 0, likeness: 1 });
});
