import type { Pattern } from '#shared/model/expression/index.ts';
import { rarityOf } from './rarity.ts';
import { requiredTexts } from './required-texts.ts';
import { type Pair, type Spellings, spellingsOf } from './spellings.ts';
import { type Marks, mostNeedleBytes, mostNeedles, type Needle, type NeedleCharacter } from './types.ts';

/**
 * What raw bytes tell of a pattern: a line without any of the marks provably holds no match. Undefined where every line may.
 * A match holds one of the required texts; of each of them the longest run of characters is taken that JSON writes in one way,
 * but for `\uXXXX` escapes, which are marks of their own.
 */
export function marksOf({ text, regex, ignoreCase }: { text: string; regex: boolean; ignoreCase: boolean }): Marks | undefined {
  return marksOfTexts(regex ? requiredTexts(text) : [text], ignoreCase);
}

/** Of a pattern of the language: without flags that say so, a regex takes cases for different. */
export function marksOfPattern(pattern: Pattern): Marks | undefined {
  if (pattern.kind === 'regex') return marksOfTexts(requiredTexts(pattern.source), pattern.flags.includes('i'));
  return marksOfTexts([pattern.text.toLowerCase()], true);
}

/** Of lines that hold something of any of these. */
export function marksOfAny(all: readonly (Marks | undefined)[]): Marks | undefined {
  const marks = all.filter((each) => each !== undefined);
  const needles = marks.flatMap((each) => each.needles);
  if (marks.length < all.length || needles.length > mostNeedles) return undefined;
  return { needles, units: new Set(marks.flatMap((each) => [...each.units])), pairs: distinct(marks.flatMap((each) => each.pairs)) };
}

/** Of the texts of which every match holds one. */
export function marksOfTexts(texts: readonly string[] | undefined, ignoreCase: boolean): Marks | undefined {
  if (!texts || texts.length === 0 || texts.length > mostNeedles) return undefined;
  return marksOfRuns(texts.map((text) => bestRun(text, ignoreCase)));
}

/** Of a key of an object: with the quotes around it, which in texts stand behind backslashes. */
export function marksOfKey(key: string): Marks | undefined {
  const run = bestRun(key, false);
  return marksOfRuns([run.length === Array.from(key).length ? [quote, ...run, quote] : run]);
}

const quote: Spellings = { bytes: [Uint8Array.of(0x22)], escapes: [], pairs: [] };

function marksOfRuns(runs: readonly Spellings[][]): Marks | undefined {
  if (runs.some((run) => run.length === 0)) return undefined;
  const all = runs.flat();
  return {
    needles: runs.map(needleOf),
    units: new Set(all.flatMap(({ escapes }) => escapes.map((units) => units.at(-1) ?? 0))),
    pairs: distinct(all.flatMap(({ pairs }) => pairs)),
  };
}

function distinct(pairs: readonly Pair[]): Pair[] {
  return [...new Map(pairs.map((pair) => [pair.join(), pair])).values()];
}

/** The run of characters whose bytes are longest. */
function bestRun(text: string, ignoreCase: boolean): Spellings[] {
  let best: Spellings[] = [];
  let bestLength = 0;
  let run: Spellings[] = [];
  let length = 0;
  for (const character of text) {
    const spellings = spellingsOf(character, ignoreCase);
    const bytes = spellings?.bytes[0]?.length ?? 0;
    // Any part of a long text must be there, too; quotes may come around it.
    if (!spellings || length + bytes > mostNeedleBytes - 2) {
      run = [];
      length = 0;
    }
    if (!spellings) continue;
    run.push(spellings);
    length += bytes;
    if (length > bestLength) [best, bestLength] = [[...run], length];
  }
  return best;
}

function needleOf(run: readonly Spellings[]): Needle {
  const masks: number[] = [];
  const values: number[] = [];
  const characters: NeedleCharacter[] = [];
  for (const { bytes, escapes } of run) {
    const [first = new Uint8Array(0), ...others] = bytes;
    characters.push({ offset: values.length, length: first.length, escapes });
    first.forEach((byte, i) => {
      const mask = others.reduce((bits, other) => bits | (byte ^ (other[i] ?? 0)), 0);
      masks.push(mask);
      values.push(byte | mask);
    });
  }
  return { masks: Uint8Array.from(masks), values: Uint8Array.from(values), rare: rarest(masks, values), characters };
}

function rarest(masks: readonly number[], values: readonly number[]): [number, number] {
  const order = [...values.keys()].sort(
    (a, b) => rarityOf(values[b] ?? 0, masks[b] ?? 0) - rarityOf(values[a] ?? 0, masks[a] ?? 0) || a - b,
  );
  const [first = 0, second = first] = order;
  return [Math.min(first, second), Math.max(first, second)];
}
