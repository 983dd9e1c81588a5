import { type Stats, statSync } from 'node:fs';
import path from 'node:path';
import type { NeighbourKind } from '#shared/model/neighbour.ts';

/** A neighbour that is there. */
export interface FoundNeighbour {
  readonly kind: NeighbourKind;
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** Ends of names, behind the name of the rollout file without its last suffix. */
const bySuffix: readonly (readonly [NeighbourKind, string])[] = [
  ['materialized-inputs', '_materialized_inputs.jsonl'],
  ['failures', '_failures.jsonl'],
  ['aggregate-metrics', '_aggregate_metrics.json'],
  ['reward-profiling', '_reward_profiling.jsonl'],
  ['agent-metrics', '_agent_metrics.json'],
  ['repeat-level-metrics', '_repeat_level_metrics.json'],
];
/** Of a folder: they belong to the file that was checked last. */
const byName: readonly (readonly [NeighbourKind, string])[] = [
  ['verdicts', 'rollout_verdicts.jsonl'],
  ['quality-summary', 'quality_summary.json'],
];

/** The neighbours beside a file of rollouts. A packed file has those of its unpacked name. */
export function findNeighbours(file: string): FoundNeighbour[] {
  if (file === '-') return [];
  const folder = path.dirname(file);
  const stem = path
    .basename(file)
    .replace(/\.(gz|zst)$/, '')
    .replace(/\.[^.]*$/, '');
  const names = [...bySuffix.map(([kind, suffix]) => [kind, stem + suffix] as const), ...byName];
  return names.flatMap(([kind, name]) => {
    const full = path.join(folder, name);
    const stat = statOf(full);
    return stat?.isFile() === true && full !== file ? [{ kind, path: full, name, bytes: stat.size, mtimeMs: stat.mtimeMs }] : [];
  });
}

/** A folder that may not be looked into holds none for us. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
