import type { TextMarks } from '../../ui/MessageText.tsx';
import type { SearchSnippet } from '#shared/model/search.ts';
import { segmentsOf, type Block } from './blocks.ts';

/** A place where the searched text stands: characters [start, end) of a segment of a block. */
export interface Hit {
  readonly block: string;
  readonly segment: string;
  readonly start: number;
  readonly end: number;
}

/** Hits kept and counted; beyond it the count says "+". */
export const hitLimit = 10_000;

/** Every place of the text in the conversation, letter case ignored, in reading order. */
export function findHits(blocks: readonly Block[], text: string): Hit[] {
  if (text === '') return [];
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu');
  const hits: Hit[] = [];
  for (const block of blocks) {
    for (const segment of segmentsOf(block)) {
      for (const match of segment.text.matchAll(pattern)) {
        hits.push({ block: block.id, segment: segment.id, start: match.index, end: match.index + match[0].length });
        if (hits.length === hitLimit) return hits;
      }
    }
  }
  return hits;
}

/** A place that a search found in a row: to be shown once the row is. */
export interface Evidence {
  readonly row: number;
  readonly snippet: SearchSnippet;
}

/**
 * Index of the hit that a snippet shows: the one with the same surroundings, in a text of the snippet's scope if there is one;
 * else the first of all, where there is any.
 */
export function hitOfSnippet(blocks: readonly Block[], hits: readonly Hit[], { scope, text, start }: SearchSnippet): number {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const fits = hits.flatMap((hit, index) => {
    const block = byId.get(hit.block);
    const whole = block && segmentsOf(block).find(({ id }) => id === hit.segment)?.text;
    if (whole === undefined || !surroundedAlike(whole, hit.start, text, start)) return [];
    return [{ index, isInScope: block !== undefined && scopeOf(block, hit.segment) === scope }];
  });
  return (fits.find(({ isInScope }) => isInScope) ?? fits[0])?.index ?? 0;
}

function scopeOf(block: Block, segment: string): SearchSnippet['scope'] {
  if (block.kind === 'reasoning') return 'reasoning';
  if (block.kind !== 'tool') return 'messages';
  return segment.startsWith('output') ? 'outputs' : 'arguments';
}

/** Characters on either side of a hit that tell it from others. */
const near = { before: 16, after: 32 };

/** Whether the same stands around two places, as far as both texts go: a message is read in parts, which may end sooner. */
function surroundedAlike(a: string, atA: number, b: string, atB: number): boolean {
  const before = Math.min(atA, atB, near.before);
  const after = Math.min(a.length - atA, b.length - atB, near.after);
  return a.slice(atA - before, atA + after) === b.slice(atB - before, atB + after);
}

/** Marks by block, then by segment. */
export type MarkIndex = ReadonlyMap<string, ReadonlyMap<string, TextMarks>>;

export function indexMarks(hits: readonly Hit[], current: number): MarkIndex {
  const blocks = new Map<string, Map<string, { ranges: Hit[]; current: number }>>();
  hits.forEach((hit, index) => {
    let segments = blocks.get(hit.block);
    if (segments === undefined) blocks.set(hit.block, (segments = new Map()));
    let marks = segments.get(hit.segment);
    if (marks === undefined) segments.set(hit.segment, (marks = { ranges: [], current: -1 }));
    if (index === current) marks.current = marks.ranges.length;
    marks.ranges.push(hit);
  });
  return blocks;
}
