import { hasImages } from './frameworks/images.ts';
import type { Settings } from './settings.ts';
import type { ExportSource } from './types.ts';

/** Of Qwen2-VL's largest image: others have less. */
const imageTokens = 16_384;

/** Bytes of JSON text that a token has on the average, near enough for English and code. */
export const bytesPerToken = 4;

/**
 * Whether a row is longer than the user wants, in tokens: those that the row's usage names (`length-by=usage`: of all its calls
 * together), where it does, else an estimate, a quarter of its bytes. Without options for it no row is.
 */
export function isTooLong({ index }: ExportSource, settings: Settings, row: number, bytes: number): boolean {
  if (!settings.has('longer') || settings.choice('longer', ['keep', 'leave-out']) === 'keep') return false;
  const most = settings.number('max-length');
  if (most === 0) return false;
  const estimate = bytes / bytesPerToken;
  if (settings.choice('length-by', ['estimate', 'usage']) === 'estimate') return estimate > most;
  const counted = ['tokens_in', 'tokens'].map((name) => index.column(name)?.numbers()[row] ?? Number.NaN);
  const tokens = counted.reduce((sum, count) => sum + count, 0);
  return (Number.isFinite(tokens) ? tokens : estimate) > most;
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
