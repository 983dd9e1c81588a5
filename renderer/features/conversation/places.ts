import type { Hit } from './find.ts';

/** Names of what can be folded: a block by its id, and within a call its arguments and its output. */
export function argumentPlace(block: string, index: number): string {
  return `${block}:${index}`;
}

export function outputPlace(block: string): string {
  return `${block}:output`;
}

/** The place that has to be open for a hit to be seen. */
export function placeOfHit(hit: Hit): string {
  const [kind, index] = hit.segment.split('-');
  if (kind === 'value' || kind === 'name') return argumentPlace(hit.block, Number(index));
  return kind === 'output' ? outputPlace(hit.block) : hit.block;
}
