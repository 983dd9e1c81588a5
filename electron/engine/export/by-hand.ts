import { createHash } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import { type JsonValue, writeJson } from '#shared/model/json.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { Pair } from '../select/index.ts';
import type { Pace } from './pace.ts';
import { Rollout } from './rollout.ts';
import { accessTo } from './source-access.ts';
import type { ExportSource } from './types.ts';

type Key = NonNullable<Recipe['pairs']>[number]['chosen'];

/**
 * The rows of the pairs that a recipe names. The hash of its line decides which row a rollout is; where no line has it, a unique
 * (agent, task, rollout) does. Fails with bad-input where a rollout is not in the dataset.
 */
export async function pairsByHand(source: ExportSource, recipe: Recipe, rows: Uint32Array, pace: Pace): Promise<Pair[]> {
  const asked = recipe.pairs ?? [];
  if (asked.length === 0) return [];
  const access = accessTo(source);
  const byHash = new Map<string, number>();
  const byName = new Map<string, number | 'several'>();
  for (const [done, row] of rows.entries()) {
    const waiting = pace.step({ phase: 'plan', done, total: rows.length, bytesWritten: 0, bytesDone: 0, bytesTotal: 0 });
    if (waiting) await waiting;
    const rollout = new Rollout(access, row);
    const hash = createHash('sha256').update(rollout.line()).digest('hex');
    if (!byHash.has(hash)) byHash.set(hash, row);
    const name = nameOf(rollout.cell('agent'), rollout.cell('task'), rollout.cell('rollout'));
    byName.set(name, byName.has(name) ? 'several' : row);
  }
  const rowOf = (key: Key, place: string): number => {
    const named = byName.get(nameOf(key.agent, key.task, key.rollout));
    const row = byHash.get(key.hash) ?? (named === 'several' || key.task === undefined ? undefined : named);
    if (row !== undefined) return row;
    throw new AppError('bad-input', `${place}: no selected rollout has this key. Select it, or leave the pair out of the recipe.`);
  };
  return asked.map(({ chosen, rejected }, i) => ({
    chosen: rowOf(chosen, `pairs.${i}.chosen`),
    rejected: rowOf(rejected, `pairs.${i}.rejected`),
  }));
}

function nameOf(...parts: readonly (JsonValue | undefined)[]): string {
  return JSON.stringify(parts.map((part) => (typeof part === 'string' ? part : writeJson(part ?? ''))));
}
