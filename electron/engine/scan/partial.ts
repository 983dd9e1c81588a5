import { Buffer } from 'node:buffer';
import { limits } from '#shared/limits.ts';
import type { ColumnSource } from './fields.ts';
import { ItemType } from './kernel-words.ts';
import type { PartialScopes, SegmentColumn } from './segment.ts';

/** What a scanner has room for: kernel/memory.as.ts says the same. */
export const room = { nodes: 4096, nameBytes: 1 << 19 } as const;

/** Scopes whose fields are found while scanning. */
const foundScopes = ['field', 'usage', 'reward_components', 'sampling', 'items'] as const;
const declaredTypes: ReadonlySet<string> = new Set(Object.keys(ItemType));

/**
 * Which columns of a segment may lack cells. A key without room never gets any later, so a field that is known at the end of a
 * segment has all its cells, if only its key was never too long. Types of items have room for some in each segment anew.
 */
export function findPartial(scanned: {
  readonly droppedKeys: number;
  /** Whether there is still room, so that only keys that are too long can have been dropped. */
  readonly hasRoom: boolean;
  /** All fields the scanner knows. */
  readonly known: () => readonly ColumnSource[];
  readonly columns: readonly SegmentColumn[];
}): PartialScopes | null {
  const { droppedKeys, columns } = scanned;
  const hasOthers = columns.some(({ source: { scope, key } }) => scope === 'items' && key === 'other');
  if (droppedKeys === 0 && !hasOthers) return null;
  const known = scanned.known();
  const found = known.filter(({ scope, key }) => scope === 'items' && !declaredTypes.has(key));
  const lacksTypes = hasOthers && found.length >= limits.itemTypes;
  if (droppedKeys === 0 && !lacksTypes) return null;
  if (scanned.hasRoom && !lacksTypes) return { scopes: foundScopes, known: null };
  const admitted = new Set(columns.flatMap(({ source: { scope, key } }) => (scope === 'items' ? [key] : [])));
  const isWhole = ({ scope, key }: ColumnSource): boolean =>
    scope !== 'items' || !lacksTypes || declaredTypes.has(key) || admitted.has(key);
  const scopes = droppedKeys > 0 && !scanned.hasRoom ? foundScopes : (['items'] as const);
  return { scopes, known: known.filter((source) => scopes.some((scope) => scope === source.scope) && isWhole(source)) };
}

/** Whether a key may be written so long (an escape is six bytes) that it has no column. */
export function mayBeTooLong(key: string): boolean {
  return key.length * 6 > limits.keyBytes / 4 && Buffer.byteLength(key) * 6 > limits.keyBytes;
}
