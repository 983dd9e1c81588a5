import { AppError } from '#shared/errors.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import { countFarApart, eachGroup, groupRows, isFarApart, ktoLabels, Label } from '../select/index.ts';
import { labelThreshold } from './examples.ts';
import { agentsOf, metricOf } from './sampling.ts';
import { completeRecipe, settingsOf } from './sections.ts';
import type { Settings } from './settings.ts';
import { targetOf } from './targets.ts';
import type { ExportSource, Unit } from './types.ts';

/** What is known of the rows of a recipe without a look at their lines. */
interface Given {
  readonly rows: Uint32Array;
  /** The rows of each task. */
  readonly tasks: readonly Uint32Array[];
  readonly taskOf: Uint32Array;
}

/** Tasks that are gone through without a pause. */
const tasksAtOnce = 2000;

/**
 * How many examples each recipe makes at most, told from the index alone; null for a recipe that makes no sense here. What does not fit
 * a target, duplicates and the like only take from it. Yields now and then.
 */
export function* mostExamples(sourceOf: (recipe: Recipe) => ExportSource, recipes: readonly Recipe[]): Generator<void, (number | null)[]> {
  const given = new Map<string, Given>();
  const known = new Map<string, number>();
  const most: (number | null)[] = [];
  for (const asked of recipes) {
    yield;
    try {
      const target = targetOf(asked.target);
      const recipe = completeRecipe(target.info, asked);
      const settings = settingsOf(target.info, recipe);
      const unit = target.unit(settings);
      const source = sourceOf(asked);
      const rowsKey = JSON.stringify([recipe.filter, recipe.rules?.exclude]);
      const from = given.get(rowsKey) ?? givenBy(source, recipe);
      given.set(rowsKey, from);
      const key = JSON.stringify([rowsKey, unit, asked.pairs?.length, deciding.map((name) => settings.values[name])]);
      const byHand = unit === 'pair' ? (asked.pairs?.length ?? 0) : 0;
      const metric = metricOf(source, unit, settings, target.writesReward?.(settings) ?? false);
      const count = known.get(key) ?? (yield* countMost({ source, unit, metric }, from, settings)) + byHand;
      known.set(key, count);
      most.push(count);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'bad-input') throw error;
      most.push(null);
    }
  }
  return most;
}

/** Options that say how many examples there may be. */
const deciding = [
  'best-per-task',
  'metric',
  'cap-per-task',
  'cap-per-agent',
  'pairs',
  'margin',
  'label-by',
  'threshold',
  'dead-band',
] as const;

function givenBy(source: ExportSource, recipe: Recipe): Given {
  const rules = (recipe.rules?.exclude ?? []).map((id) => source.rule(id));
  const selected = source.select(recipe.filter).rows;
  const rows = rules.length === 0 ? selected : selected.filter((row) => !rules.some((rule) => rule.found(row)));
  const { taskOf } = source.tasks();
  return { rows, taskOf, tasks: [...eachGroup(groupRows(rows, taskOf))].map((group) => group.rows) };
}

interface Counting {
  readonly source: ExportSource;
  readonly unit: Unit;
  /** By which rollouts are compared, where they are. */
  readonly metric: Float64Array | undefined;
}

function* countMost(counting: Counting, given: Given, settings: Settings): Generator<void, number> {
  const count = yield* countOfUnit(counting, given, settings);
  const perAgent = settings.number('cap-per-agent');
  if (perAgent === 0) return count;
  const agents = new Set(agentsOf(given.rows, counting.source));
  // Rollouts without an agent are not capped.
  return agents.has(Number.NaN) ? count : Math.min(count, perAgent * agents.size);
}

function* countOfUnit({ source, unit, metric = new Float64Array() }: Counting, given: Given, settings: Settings): Generator<void, number> {
  const { rows, tasks, taskOf } = given;
  const number = (key: string): number => (settings.has(key) ? settings.number(key) : 0);
  const perTask = number('cap-per-task') || Infinity;
  switch (unit) {
    case 'task':
      return tasks.length;
    case 'rollout': {
      const best = number('best-per-task');
      if (best === 0 && perTask === Infinity) return rows.length;
      return yield* summed(tasks, (group) => Math.min(perTask, best === 0 ? group.length : Math.min(best, finite(group, metric).length)));
    }
    case 'label': {
      const deadBand = number('dead-band');
      const threshold = labelThreshold(settings, metric);
      // The mean of a task is that of the rollouts that fit: who lies in its dead band is not known here.
      const labels = ktoLabels(rows, taskOf, metric, threshold === 'task-mean' ? { threshold: 0, deadBand: 0 } : { threshold, deadBand });
      const labelled = new Set(rows.filter((_, i) => labels[i] !== Label.none));
      if (perTask === Infinity) return labelled.size;
      return yield* summed(tasks, (group) => Math.min(perTask, group.filter((row) => labelled.has(row)).length));
    }
    case 'pair': {
      const strategy = settings.text('pairs');
      if (strategy === 'by-hand') return 0;
      const margin = settings.number('margin');
      const requestsOf = requestCounter(source);
      return yield* summed(tasks, (group) => {
        const compared = finite(group, metric);
        return Math.min(perTask, mostPairs(compared, metric, { strategy, margin, requests: () => requestsOf(compared) }));
      });
    }
  }
}

function* summed(tasks: readonly Uint32Array[], countOf: (rows: Uint32Array) => number): Generator<void, number> {
  let sum = 0;
  for (const [i, rows] of tasks.entries()) {
    if (i % tasksAtOnce === tasksAtOnce - 1) yield;
    sum += countOf(rows);
  }
  return sum;
}

const finite = (rows: Uint32Array, metric: Float64Array): Uint32Array => rows.filter((row) => Number.isFinite(metric[row]));

/** Different requests among rows, as the file has them: a mapping may make some alike, and none different. */
function requestCounter({ index }: ExportSource): (rows: Uint32Array) => number {
  const [prompts, tools] = [index.hash('prompt'), index.hash('tools')];
  return (rows) => {
    const seen = new Set<string>();
    // Those without a prompt may be asked anything by what follows.
    for (const row of rows) seen.add(Number.isNaN(prompts[row]) ? `row ${row}` : `${prompts[row]} ${tools[row]}`);
    return seen.size;
  };
}

interface Pairing {
  readonly strategy: string;
  readonly margin: number;
  requests(): number;
}

/** Pairs of one task, whatever its rollouts were asked and answered. All rows have a value. */
function mostPairs(rows: Uint32Array, metric: Float64Array, { strategy, margin, requests }: Pairing): number {
  const values = Float64Array.from(rows, (row) => metric[row] ?? Number.NaN).sort();
  const best = values.at(-1) ?? 0;
  const isWorse = (value: number): boolean => isFarApart(best - value, margin);
  const worse = values.filter(isWorse);
  switch (strategy) {
    case 'best-worst':
      return worse.length === 0 ? 0 : Math.min(requests(), worse.length);
    case 'best-vs-each':
      return worse.length;
    case 'adjacent':
      return requests() === 1 ? new Set(worse).size : worse.length;
    default:
      return countFarApart(
        values,
        Uint32Array.from(values, (_, place) => place),
        margin,
      );
  }
}
