import type { Random } from './random.ts';

/** Long text in the manner of one environment, cheap to take from: a pool is made once, then only sliced. */
export interface Prose {
  /** About `chars` characters (scaled by the size of rows), whole sentences, at least one. */
  take(random: Random, chars: number): string;
}

/** How long rollouts are, relative to real ones. */
export interface Scale {
  /** Of each text. */
  readonly length: number;
  /** How much lengths vary; see Random.factor. */
  readonly spread: number;
  /** Rounds of a conversation with tools. */
  readonly rounds: number;
}

const poolChars = 400_000;

/**
 * A pool of sentences made from templates; `#` in a template becomes a number, `@` a word of `words`. A pool holds
 * one-byte text only, unless the templates do not: slices of it are then twice as fast to write.
 */
export function prose(random: Random, scale: Scale, templates: readonly string[], words: readonly string[], separator = ' '): Prose {
  const starts: number[] = [];
  const sentences: string[] = [];
  for (let length = 0; length < poolChars;) {
    const sentence = random.pick(templates).replaceAll(/[#@]/g, (mark) => (mark === '#' ? String(random.int(2, 96)) : random.pick(words)));
    starts.push(length);
    sentences.push(sentence);
    length += sentence.length + separator.length;
  }
  const pool = sentences.join(separator);
  return {
    take(at, chars) {
      const wanted = Math.max(1, chars * scale.length * at.factor(scale.spread));
      let left = wanted;
      let text = '';
      while (left > 0) {
        const first = at.int(0, starts.length - 1);
        const from = starts[first] ?? 0;
        const next = starts[lowerBound(starts, from + left)] ?? pool.length + separator.length;
        const piece = pool.slice(from, next - separator.length);
        text = text === '' ? piece : text + separator + piece;
        left -= piece.length;
      }
      return text;
    },
  };
}

/** Index of the first start that is not below `value`, and at least one past the sentence that holds it. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
