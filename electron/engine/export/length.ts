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
 * How many examples, of these rows each, are longer than each of the limits; a pair is as long as the longer of its rollouts. Not told where a
 * tokenizer counts: it is slow, and counts only what may be too long.
 */
export function examplesOver(
  source: Pick<ExportSource, 'index'>,
  settings: Settings,
  rowsOfEach: Iterable<Uint32Array>,
  { limits, bytesOf }: { readonly limits: readonly number[]; readonly bytesOf: (row: number) => number },
): { tokens: number; examples: number }[] {
  if (limits.length === 0 || !settings.has('length-by')) return [];
  const by = settings.choice('length-by', ways);
  if (by === 'tokenizer') return [];
  const tokens = tokensOf(source, by);
  const counts = limits.map((limit) => ({ tokens: limit, examples: 0 }));
  for (const rows of rowsOfEach) {
    const length = rows.reduce((most, row) => Math.max(most, tokens(row, bytesOf(row))), 0);
    for (const count of counts) if (length > count.tokens) count.examples++;
  }
  return counts;
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
