import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import type { Candidate } from './mapping.ts';
import { seededRandom, shuffled } from './random.ts';
import type { ExclusionTally } from './reasons.ts';
import type { Settings } from './settings.ts';
import type { ExportSource } from './types.ts';

export interface Split {
  readonly name: 'train' | 'validation';
  /** In the order in which they are written. */
  readonly candidates: readonly Candidate[];
}

/** The number by which rollouts are compared, undefined where nothing is. Fails with bad-input when there is no such column. */
export function metricOf(source: ExportSource, settings: Settings): Float64Array | undefined {
  if (settings.number('best-per-task') === 0) return undefined;
  const name = settings.text('metric');
  const column = source.index.column(name);
  if (column) return column.numbers();
  const suggestions = nearestNames(
    name,
    source.index.columns().map((each) => each.name),
  );
  const hint = suggestions.length > 0 ? ` Did you mean ${suggestions.join(' or ')}?` : '';
  throw new AppError('bad-input', `metric: there is no column ${name}.${hint}`, { suggestions });
}

/** Which candidates are written, into which file, in which order. The others are tallied. */
export function sample(
  candidates: readonly Candidate[],
  source: ExportSource,
  settings: Settings,
  metric: Float64Array | undefined,
  tally: ExclusionTally,
): Split[] {
  const distinct = settings.flag('dedupe') ? withoutDuplicates(candidates, tally) : candidates;
  // Asked for only where needed: naming tasks may mean reading every row.
  const taskOf = metric || settings.number('validation') > 0 ? source.tasks().taskOf : new Uint32Array();
  const best = metric ? bestOfTasks(distinct, settings.number('best-per-task'), metric, taskOf, tally) : distinct;
  const random = seededRandom(settings.number('seed'));
  const held = validationTasks(best, settings.number('validation'), taskOf, random);
  const ordered = settings.flag('shuffle') ? shuffled(best, random) : best;
  const splits: Split[] = [{ name: 'train', candidates: richestFirst(ordered.filter(({ row }) => !held.has(taskOf[row] ?? -1))) }];
  if (held.size > 0)
    splits.push({ name: 'validation', candidates: richestFirst(ordered.filter(({ row }) => held.has(taskOf[row] ?? -1))) });
  return splits;
}

function withoutDuplicates(candidates: readonly Candidate[], tally: ExclusionTally): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ row, digest }) => {
    const fresh = !seen.has(digest);
    if (fresh) seen.add(digest);
    else tally.add('sampling/duplicate', row);
    return fresh;
  });
}

function bestOfTasks(
  candidates: readonly Candidate[],
  count: number,
  metric: Float64Array,
  taskOf: Uint32Array,
  tally: ExclusionTally,
): Candidate[] {
  const valueOf = ({ row }: Candidate): number => metric[row] ?? Number.NaN;
  const groups = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    if (Number.isNaN(valueOf(candidate))) {
      tally.add('sampling/no-metric', candidate.row);
      continue;
    }
    const task = taskOf[candidate.row] ?? -1;
    const group = groups.get(task);
    if (group) group.push(candidate);
    else groups.set(task, [candidate]);
  }
  const best = new Set<Candidate>();
  for (const group of groups.values()) {
    // Sorting is stable: of equals the earlier one comes first. A difference would be NaN between two infinite values.
    const ranked = group.sort((a, b) => (valueOf(a) === valueOf(b) ? 0 : valueOf(a) < valueOf(b) ? 1 : -1));
    for (const candidate of ranked.slice(0, count)) best.add(candidate);
  }
  return candidates.filter((candidate) => {
    if (best.has(candidate)) return true;
    if (!Number.isNaN(valueOf(candidate))) tally.add('sampling/not-best', candidate.row);
    return false;
  });
}

/** Random tasks whose rows make up the share, as near as whole tasks allow; at least one task stays in training. */
function validationTasks(candidates: readonly Candidate[], share: number, taskOf: Uint32Array, random: () => number): ReadonlySet<number> {
  const held = new Set<number>();
  if (share === 0) return held;
  const sizes = new Map<number, number>();
  for (const { row } of candidates) sizes.set(taskOf[row] ?? -1, (sizes.get(taskOf[row] ?? -1) ?? 0) + 1);
  const wanted = share * candidates.length;
  let rows = 0;
  for (const [task, size] of shuffled([...sizes], random)) {
    if (held.size + 1 >= sizes.size) break;
    // A task that overshoots is taken only where it brings the share nearer than it was without it.
    if (Math.abs(rows + size - wanted) >= Math.abs(rows - wanted)) continue;
    held.add(task);
    rows += size;
  }
  return held;
}

/** Loaders learn the shape of a file from its first rows: the one that has most of it goes to the front. */
function richestFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  const richest = candidates.reduce<Candidate | undefined>(
    (best, each) => (best === undefined || each.shape > best.shape ? each : best),
    undefined,
  );
  if (richest === undefined || richest === candidates[0]) return candidates;
  return [richest, ...candidates.filter((each) => each !== richest)];
}
