import { hasImages } from './frameworks/images.ts';
import type { Settings } from './settings.ts';
import type { ExportSource } from './types.ts';

/** Of Qwen2-VL's largest image: others have less. */
const imageTokens = 16_384;

/** Bytes of JSON text that a token has on the average, near enough for English and code. */
export const bytesPerToken = 4;

/**
 * Tokens of a row: those that its usage names (`length-by=usage`: of all its calls together), where it does, else an estimate, a
 * quarter of its bytes.
 */
function tokensOf({ index }: Pick<ExportSource, 'index'>, settings: Settings): (row: number, bytes: number) => number {
  if (settings.choice('length-by', ['estimate', 'usage']) === 'estimate') return (_, bytes) => bytes / bytesPerToken;
  const counted = ['tokens_in', 'tokens'].map((name) => index.column(name)?.numbers());
  return (row, bytes) => {
    const tokens = counted.reduce((sum, numbers) => sum + (numbers?.[row] ?? Number.NaN), 0);
    return Number.isFinite(tokens) ? tokens : bytes / bytesPerToken;
  };
}

/** Whether a row is longer than the user wants. Without options for it no row is. */
export function tooLong(source: Pick<ExportSource, 'index'>, settings: Settings): (row: number, bytes: number) => boolean {
  const most =
    settings.has('longer') && settings.choice('longer', ['keep', 'leave-out']) === 'leave-out' ? settings.number('max-length') : 0;
  if (most === 0) return () => false;
  const tokens = tokensOf(source, settings);
  return (row, bytes) => tokens(row, bytes) > most;
}

/** How many of the examples are longer than each of the limits; a pair is as long as the longer of its rollouts. */
export function examplesOver(
  source: Pick<ExportSource, 'index'>,
  settings: Settings,
  examples: readonly { readonly rows: readonly number[] }[],
  { limits, bytesOf }: { readonly limits: readonly number[]; readonly bytesOf: (row: number) => number },
): { tokens: number; examples: number }[] {
  if (limits.length === 0 || !settings.has('length-by')) return [];
  const tokens = tokensOf(source, settings);
  const lengths = Float64Array.from(examples, ({ rows }) => rows.reduce((most, row) => Math.max(most, tokens(row, bytesOf(row))), 0));
  return limits.map((limit) => ({ tokens: limit, examples: lengths.reduce((count, length) => (length > limit ? count + 1 : count), 0) }));
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
