import type { TextMarks } from '../../ui/MessageText.tsx';
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
