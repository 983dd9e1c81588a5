import type { ExampleLengths } from '#shared/model/export.ts';
import { below } from '../select/index.ts';
import { hasImages } from './frameworks/images.ts';
import type { ReasonId } from './reasons.ts';
import type { Settings } from './settings.ts';
import type { ExportSource, Fields, Target } from './types.ts';

/** Of Qwen2-VL's largest image: others have less. */
const imageTokens = 16_384;

/** Bytes of JSON text that a token has on the average, near enough for English and code. */
export const bytesPerToken = 4;

/**
 * Tokens of a row: those that its usage names (`length-by=usage`: of all its calls together), where it does, else an estimate, a
 * quarter of its bytes.
 */
function tokensOf({ index }: Pick<ExportSource, 'index'>, by: 'estimate' | 'usage'): (row: number, bytes: number) => number {
  if (by === 'estimate') return (_, bytes) => bytes / bytesPerToken;
  const counted = ['tokens_in', 'tokens'].map((name) => index.column(name)?.numbers());
  return (row, bytes) => {
    const tokens = counted.reduce((sum, numbers) => sum + (numbers?.[row] ?? Number.NaN), 0);
    return Number.isFinite(tokens) ? tokens : bytes / bytesPerToken;
  };
}

const ways = ['estimate', 'usage', 'tokenizer'] as const;

/** Whether a row is longer than the user wants, unless a tokenizer counts it. Without options for it no row is. */
export function tooLong(source: Pick<ExportSource, 'index'>, settings: Settings): (row: number, bytes: number) => boolean {
  const limit = limitOf(settings);
  if (!limit || limit.by === 'tokenizer') return () => false;
  const tokens = tokensOf(source, limit.by);
  return (row, bytes) => tokens(row, bytes) > limit.most;
}

/**
 * The tokens of each of so many examples, of these rows each, sorted; a pair is as long as the longer of its rollouts. A tokenizer is not
 * asked: it is slow, and counts only what may be too long.
 */
export function sortedLengths(
  source: Pick<ExportSource, 'index'>,
  settings: Settings,
  rowsOfEach: Iterable<Uint32Array>,
  { count, bytesOf }: { readonly count: number; readonly bytesOf: (row: number) => number },
): Float64Array {
  const by = settings.has('length-by') ? settings.choice('length-by', ways) : 'estimate';
  const tokens = tokensOf(source, by === 'usage' ? by : 'estimate');
  const lengths = new Float64Array(count);
  let at = 0;
  for (const rows of rowsOfEach) {
    let most = 0;
    for (const row of rows) most = Math.max(most, tokens(row, bytesOf(row)));
    lengths[at++] = most;
  }
  return lengths.sort();
}

/** How many of the lengths are over each of the limits. Not told where a tokenizer counts, or where there is no limit to set. */
export function examplesOver(sorted: Float64Array, settings: Settings, limits: readonly number[]): { tokens: number; examples: number }[] {
  if (!settings.has('length-by') || settings.choice('length-by', ways) === 'tokenizer') return [];
  return limits.map((tokens) => ({ tokens, examples: sorted.length - below(sorted, tokens, true) }));
}

const lengthBins = 40;

/** What is to be seen of the lengths; null where there are none. */
export function describeLengths(sorted: Float64Array): ExampleLengths | null {
  const longest = sorted.at(-1);
  if (longest === undefined) return null;
  const counts = Array.from({ length: lengthBins }, () => 0);
  for (const length of sorted) {
    const bin = longest === 0 ? 0 : Math.min(lengthBins - 1, Math.floor((length / longest) * lengthBins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const total = sorted.reduce((sum, length) => sum + length, 0);
  return { total, median: sorted[Math.floor(sorted.length / 2)] ?? longest, longest, counts };
}

/** The same where a tokenizer counts: why the row that a rollout gives, or gives a part of, is left out. */
export function tokensProblem(target: Target, settings: Settings, content: Fields, lineBytes: number): ReasonId | undefined {
  const limit = limitOf(settings);
  const lesson = limit?.by === 'tokenizer' ? target.lesson?.([content], settings, 0) : undefined;
  if (!limit || !lesson) return undefined;
  if (!settings.counter) throw new Error('a tokenizer counts, but there is none');
  const longer = settings.counter.isLonger(lesson, lineBytes, limit.most);
  return longer === 'refused' ? 'length/template-refuses' : longer ? 'length/too-long' : undefined;
}

function limitOf(settings: Settings): { readonly by: (typeof ways)[number]; readonly most: number } | undefined {
  if (!settings.has('longer') || settings.choice('longer', ['keep', 'leave-out']) === 'keep') return undefined;
  const most = settings.number('max-length');
  return most === 0 ? undefined : { by: settings.choice('length-by', ways), most };
}

/**
 * A length in tokens that no row has: the user's, or else one above the bytes of the longest row. Tokenizers make at most as many
 * tokens as a text has bytes; the template's own words are less than what JSON writes around a message, and the room added. `seen`: bits
 * of `Trait`; with images there is room for a large one, and what several take only the model's processor knows.
 */
export function lengthFor(settings: Settings, longest: number, seen = 0): number {
  const asked = settings.number('max-length');
  const room = hasImages(seen) ? imageTokens : 0;
  return asked > 0 ? asked : (Math.ceil(longest / 1024) + 4) * 1024 + room;
}
