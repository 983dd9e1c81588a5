import type { Accounting, ExportPlan } from '#shared/model/export.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import { pairsByHand } from './by-hand.ts';
import { describeLengths, examplesOver, sortedLengths } from './length.ts';
import type { Candidates } from './candidates.ts';
import { countRows, Good } from './example-list.ts';
import { mapAll } from './mapping.ts';
import { withoutNearDuplicates } from './near-duplicates.ts';
import type { Pace } from './pace.ts';
import { ExclusionTally } from './reasons.ts';
import { rewardFormula, rewardsOf } from './reward.ts';
import { metricOf, sample, type Split, totalOf } from './sampling.ts';
import { completeRecipe, settingsOf } from './sections.ts';
import type { Spool } from './spool.ts';
import type { Settings } from './settings.ts';
import { targetOf } from './targets.ts';
import { counterFor } from './token-counter.ts';
import type { ExportRule, ExportSource, Facts, OutputColumn, RowWarning, Target, Unit } from './types.ts';

/** An export thought through to the last row, with nothing written: what planning, preview and running have in common. */
export interface PreparedExport {
  readonly target: Target;
  readonly settings: Settings;
  /** The recipe with every option named, so that other defaults in a later version change nothing. */
  readonly recipe: Recipe;
  /** Train first; validation and test only where they have rows. */
  readonly splits: readonly Split[];
  readonly columns: readonly OutputColumn[] | undefined;
  /** Rules whose findings left rollouts out. */
  readonly rules: readonly ExportRule[];
  readonly accounting: Accounting;
  readonly bytes: number;
  readonly facts: Facts;
  /** Examples over the length at which the trainer cuts, and over the user's; not of a plan that was packed. */
  readonly over?: ExportPlan['over'];
  readonly lengths?: ExportPlan['lengths'];
}

/** Filters, maps and samples. Fails with bad-input where recipe or filter make no sense, and with `changed` and `cancelled`. */
export async function prepareExport(source: ExportSource, asked: Recipe, pace: Pace, spool?: Spool): Promise<PreparedExport> {
  const target = targetOf(asked.target);
  const recipe = completeRecipe(target.info, asked);
  const settings = settingsOf(target.info, recipe, counterFor(recipe, source.chat));
  const rules = (recipe.rules?.exclude ?? []).map((id) => source.rule(id));
  const { rows, filteredOut } = source.select(recipe.filter);
  const unit = target.unit(settings);
  const writesReward = target.writesReward?.(settings) ?? false;
  const metric = metricOf(source, unit, settings, writesReward);
  const rewards = metric && writesReward ? rewardsOf(source, rows, metric, settings) : undefined;
  const tally = new ExclusionTally(rules);
  pace.report({ phase: 'plan', done: 0, total: rows.length, bytesWritten: 0, bytesDone: 0, bytesTotal: 0 });
  const candidates = await mapAll({ source, target, settings, pace, spool }, withoutFindings(rows, rules, tally), tally);
  const byHand = await pairsByHand(source, recipe, rows, pace);
  const distinct = await withoutNearDuplicates(source, candidates, metric, settings, tally, pace);
  const { splits, tiedTasks } = sample(distinct, { source, unit, metric, byHand, rewards }, settings, tally);
  const accounting: Accounting = {
    rowsRead: rows.length + filteredOut.reduce((sum, { count }) => sum + count, 0),
    invalidLines: source.index.invalidRows.length,
    filteredOut: filteredOut.map(({ condition, count }) => ({ condition, count })),
    rowsSelected: rows.length,
    rolloutsUsed: countRows(
      splits.map(({ examples }) => examples),
      source.index.rowCount,
    ),
    rowsWritten: totalOf(splits, 'length'),
    excluded: tally.list((row) => exampleOf(source, row)),
    warnings: [
      ...(target.warnings?.(settings) ?? []).map((warning) => ({ id: warning.id, title: warning.title, count: countOf(warning, splits) })),
      { id: 'sampling/ties', title: tiesTitle, count: tiedTasks },
    ].filter(({ count }) => count > 0),
  };
  if (accounting.rowsSelected !== accounting.rolloutsUsed + tally.count) throw new Error('the counts of the export do not add up');
  const facts = { ...factsOf(splits), reward: writesReward ? rewardFormula(settings) : '' };
  return {
    target,
    settings,
    recipe,
    rules,
    splits,
    columns: target.columns(settings, facts.seen),
    accounting,
    bytes: totalOf(splits, 'bytes'),
    facts,
    ...lengthsOf(source, { target, settings, unit }, candidates, splits),
  };
}

function lengthsOf(
  source: ExportSource,
  { target, settings, unit }: Pick<PreparedExport, 'target' | 'settings'> & { readonly unit: Unit },
  candidates: Candidates,
  splits: readonly Split[],
): Pick<ExportPlan, 'over' | 'lengths'> {
  const asked = settings.has('max-length') ? settings.number('max-length') : 0;
  const limits = [...new Set([target.info.cutsAt ?? 0, asked])].filter((limit) => limit > 0);
  const bytesOf = (row: number): number => candidates.examples.bytesAt(candidates.placeOf(row) ?? -1);
  // Of a task its first rollout is written, whoever else was asked the same.
  function* rowsOfEach(): Generator<Uint32Array> {
    for (const { examples } of splits)
      for (let i = 0; i < examples.length; i++) yield unit === 'task' ? examples.rowsAt(i).subarray(0, 1) : examples.rowsAt(i);
  }
  const sorted = sortedLengths(source, settings, rowsOfEach(), { count: totalOf(splits, 'length'), bytesOf });
  return { over: examplesOver(sorted, settings, limits), lengths: describeLengths(sorted) };
}

const tiesTitle = 'Tasks in which rollouts left out are as good as the best ones kept, which stand earlier in the file';

function factsOf(splits: readonly Split[]): Omit<Facts, 'reward'> {
  const facts = { seen: 0, longest: 0, good: 0, bad: 0 };
  for (const { columns } of splits.map(({ examples }) => examples)) {
    for (const shape of columns.shapes) facts.seen |= shape;
    for (const bytes of columns.bytes) facts.longest = Math.max(facts.longest, bytes);
    for (const good of columns.goods ?? []) {
      if (good === Good.good) facts.good++;
      if (good === Good.bad) facts.bad++;
    }
  }
  return facts;
}

function countOf({ bit, ofWholeFiles = false }: RowWarning, splits: readonly Split[]): number {
  const counts = splits.map(({ examples }) => {
    const count = examples.columns.shapes.reduce((sum, shape) => sum + ((shape & bit) > 0 ? 1 : 0), 0);
    return ofWholeFiles && count < examples.length ? 0 : count;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The rows in which none of the rules found anything; the others have the first rule that did as their reason. */
function withoutFindings(rows: Uint32Array, rules: readonly ExportRule[], tally: ExclusionTally): Uint32Array {
  if (rules.length === 0) return rows;
  return rows.filter((row) => {
    const broken = rules.find((rule) => rule.found(row));
    if (broken) tally.add(broken.id, row);
    return broken === undefined;
  });
}

function exampleOf({ index, files }: ExportSource, row: number): { path: string; line: number } {
  const { file, line } = index.place(row);
  return { path: files[file]?.name ?? '', line };
}
