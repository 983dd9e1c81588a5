import { compareCodePoints } from './code-points.ts';
import { finish } from './finish.ts';
import { sortByNumberSteps } from './sort-numbers.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** Below this a comparison sort is as fast. */
const fewTexts = 2000;
/** UTF-16 units looked at to learn a text's alphabet; none shorter than 2 ** 3.3 gives longer keys. */
const keyUnits = 16;
/** Between two yields. */
const textsPerStep = 500;
const keysPerStep = 10_000;

/**
 * The positions of texts in code-point order; equal texts keep their order. Many texts are first sorted, without
 * comparing, by a number made of their first letters after what all begin with: digits of a base as large as the
 * alphabet. Only texts that agree so far are compared.
 */
export function sortTexts(texts: readonly string[]): Uint32Array {
  return finish(sortTextsSteps(texts));
}

/** The same, yielding now and then. Where very many texts agree in all that a key sees, sorting those is one step. */
export function* sortTextsSteps(texts: readonly string[]): Generator<void, Uint32Array> {
  const positions = new Uint32Array(texts.length).map((_, i) => i);
  const compare = (a: number, b: number): number => compareCodePoints(texts[a]!, texts[b]!) || a - b;
  if (texts.length < fewTexts) return positions.sort(compare);
  const keys = yield* numericKeys(texts);
  const sorted = yield* sortByNumberSteps(positions, keys);
  let compared = 0;
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const key = keys[sorted[start]!];
    while (end < sorted.length && keys[sorted[end]!] === key) end++;
    if (end - start > 1) {
      sorted.subarray(start, end).sort(compare);
      compared += end - start;
      if (compared > textsPerStep) {
        compared = 0;
        yield;
      }
    }
  }
  return sorted;
}

/** Numbers below 2^53 that order as the texts do, as far as they see. */
function* numericKeys(texts: readonly string[]): Generator<void, Float64Array> {
  const from = yield* commonPrefix(texts);
  const digits = alphabet(texts, from);
  yield;
  const base = digits.count + 1; // 0 is the end of the text
  const length = Math.min(keyUnits, Math.floor(53 / Math.log2(base)));
  const keys = new Float64Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    let key = 0;
    for (let at = from; at < from + length; at++) key = key * base + (at < text.length ? digits.of[text.charCodeAt(at)]! : 0);
    keys[i] = key;
    if (i % keysPerStep === 0) yield;
  }
  return keys;
}

function* commonPrefix(texts: readonly string[]): Generator<void, number> {
  const first = texts[0] ?? '';
  let length = first.length;
  for (const [i, text] of texts.entries()) {
    if (i % keysPerStep === 0) yield;
    let same = 0;
    while (same < length && text.charCodeAt(same) === first.charCodeAt(same)) same++;
    length = same;
  }
  return length;
}

/** The UTF-16 units that occur, numbered from 1 in code-point order: surrogates after all others. */
function alphabet(texts: readonly string[], from: number): { count: number; of: Uint16Array } {
  const of = new Uint16Array(0x1_0000);
  for (const text of texts) {
    const end = Math.min(text.length, from + keyUnits);
    for (let at = from; at < end; at++) of[text.charCodeAt(at)] = 1;
  }
  let count = 0;
  const number = (start: number, end: number): void => {
    for (let unit = start; unit < end; unit++) if (of[unit] === 1) of[unit] = ++count;
  };
  number(0, 0xd800);
  number(0xe000, 0x1_0000);
  number(0xd800, 0xe000);
  return { count, of };
}
