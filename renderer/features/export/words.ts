import type { ExportPlan, Exclusion } from '#shared/model/export.ts';
import type { Filter } from '#shared/model/query.ts';
import type { OptionValue } from '#shared/model/recipe.ts';
import type { GridColumn, TargetInfo, TargetOption } from '#shared/model/target.ts';
import type { ExportRows, ExportStep } from '../../state/export-choices.ts';
import { isChanged, isInForce, optionValue, type ExportState } from '../../state/export-state.ts';
import { conditionWords, sayCondition } from '../../state/words.ts';
import { formatExact, plural } from '../../ui/format.ts';

/** Why rollouts are left out: the user's filter, the user's sampling, or that they do not fit. */
export type LeftOutBy = 'filter' | 'sampling' | 'target';

export interface LeftOut {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly by: LeftOutBy;
  /** A few of them; of those that the filter takes out `rows` says which they are. */
  readonly examples: Exclusion['examples'];
  readonly rows?: Filter;
}

/** Every reason with its count, largest first; the counts add up to the rollouts that are not used. */
export function leftOut(plan: ExportPlan): LeftOut[] {
  const conditions = plan.filteredOut.map(({ condition }) => condition);
  const filtered = plan.filteredOut.map(({ condition, count }, index): LeftOut => ({
    id: `filter-${index}`,
    title: notWords(condition),
    count,
    by: 'filter',
    examples: [],
    rows: [...conditions.slice(0, index), notMet(condition)],
  }));
  const excluded = plan.excluded.map(({ reason, title, count, examples }): LeftOut => ({
    id: reason,
    title,
    count,
    by: isSampling(reason) ? 'sampling' : 'target',
    examples,
  }));
  return [...filtered, ...excluded].filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

/** How a comparison reads of the rows that do not meet it. */
const opposites: Readonly<Record<string, string>> = { '≥': 'below', '>': 'at most', '≤': 'above', '<': 'at least', '=': 'other than' };

/** A condition as it reads of rows that do not meet it, those without a value among them: "reward below 0.5, or none". */
function notWords(condition: string): string {
  const words = conditionWords(condition, formatExact);
  const opposite = words === null ? undefined : opposites[words.relation];
  if (words !== null && opposite !== undefined) return `${words.subject} ${opposite} ${words.value}, or none`;
  return sayCondition(notMet(condition), formatExact);
}

function notMet(condition: string): string {
  return `not (${condition})`;
}

function isSampling(reason: string): boolean {
  return reason.startsWith('sampling/');
}

export interface FunnelStage {
  readonly name: string;
  readonly count: number;
  /** Rollouts of the file that are still in it, from 0 to 1. */
  readonly share: number;
}

/** What is left after each step, from the file to what is written: rollouts, and examples at the end. `unit`: what one is made of. */
export function funnel(plan: ExportPlan, unit: RowUnit, rows: ExportRows): FunnelStage[] {
  const dropped = (by: LeftOutBy): number => leftOut(plan).reduce((sum, reason) => (reason.by === by ? sum + reason.count : sum), 0);
  const { rowsRead, rowsSelected, rolloutsUsed, rowsWritten } = plan;
  const isOfSeveral = unit !== 'rollout';
  const stages = [
    { name: `${wordFor(rowsRead, 'rollout')} in the file`, count: rowsRead, rollouts: rowsRead },
    { name: chosenWords[rows], count: rowsSelected, rollouts: rowsSelected },
    { name: 'fit the target', count: rowsSelected - dropped('target'), rollouts: rowsSelected - dropped('target') },
    // Where a row is made of one rollout, what sampling leaves is what is written.
    ...(isOfSeveral || rolloutsUsed !== rowsWritten
      ? [{ name: `${wordFor(rolloutsUsed, 'rollout')} used`, count: rolloutsUsed, rollouts: rolloutsUsed }]
      : []),
    { name: `${wordFor(rowsWritten, nounOf[unit])} written`, count: rowsWritten, rollouts: rolloutsUsed },
  ];
  return stages.map(({ name, count, rollouts }) => ({ name, count, share: rowsRead === 0 ? 0 : Math.min(1, rollouts / rowsRead) }));
}

export type RowUnit = 'rollout' | 'pair' | 'task';

const chosenWords: Readonly<Record<ExportRows, string>> = { filter: 'in the filter', starred: 'starred', all: 'chosen' };

const nounOf: Readonly<Record<RowUnit, string>> = { rollout: 'example', pair: 'pair', task: 'task' };

/** What the rows of a column of the grid are made of. */
export function unitOf(column: GridColumn | undefined): RowUnit {
  return column === 'dpo' || column === 'rm' ? 'pair' : column === 'rl' ? 'task' : 'rollout';
}

function wordFor(count: number, one: string): string {
  return count === 1 ? one : `${one}s`;
}

/** A step in which something can be changed so that more is left, and what takes it out there. */
export interface WayOut {
  readonly step: ExportStep;
  readonly count: number;
  /** The largest reason. */
  readonly reason: string;
}

/** Where to go when nothing is left to write: the steps whose choices take rollouts out, the one that takes most first. */
export function waysOut(plan: ExportPlan, target: TargetInfo): WayOut[] {
  const ways = new Map<ExportStep, WayOut>();
  for (const { title, count, ...reason } of leftOut(plan)) {
    const step = stepOf(reason, target);
    const known = ways.get(step);
    ways.set(step, { step, count: count + (known?.count ?? 0), reason: known?.reason ?? title });
  }
  return [...ways.values()].sort((a, b) => b.count - a.count);
}

/** Where the option stands that asks for what is missing, if one does; else what a mapping cannot take may fit another target. */
function stepOf({ id, by }: Pick<LeftOut, 'id' | 'by'>, { options }: TargetInfo): ExportStep {
  if (by === 'filter') return 'rows';
  if (by === 'sampling') return 'sampling';
  return options.find((option) => asksFor(option, id))?.step ?? 'target';
}

/** Lengths, what the fields of a row are made of, and what is missing by the name of the option that says where it is. */
function asksFor({ key, kind, isLength }: TargetOption, reason: string): boolean {
  if (reason.startsWith('length/')) return isLength === true;
  return reason === 'target/empty' ? kind === 'fields' : reason === `target/no-${key}`;
}

/** What has no trainer is called by its form alone. */
export function targetName({ framework, method }: TargetInfo): string {
  return framework.version === '' ? method.title : `${framework.title} ${method.title}`;
}

/** A step's choices under its name: what differs from the defaults. */
export function optionsCaption(state: ExportState, target: TargetInfo | undefined, step: TargetOption['step']): string {
  const options = target?.options.filter((option) => option.step === step && isInForce(state, target, option)) ?? [];
  if (target !== undefined && options.length === 0) return 'nothing to choose';
  const changed = options.filter((option) => isChanged(state, option));
  if (changed.length === 0) return 'default';
  const [first] = changed;
  if (changed.length > 1 || first === undefined) return `${changed.length} changed`;
  return `${first.title.toLowerCase()}: ${valueWords(first, optionValue(state, first))}`;
}

/** A value as the form shows it. */
export function valueWords(option: TargetOption, value: OptionValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === 0 && option.zero !== undefined) return option.zero;
  if (typeof value === 'number') return formatExact(value);
  if (typeof value === 'object') return plural(Object.keys(value).length, 'field');
  return option.choices?.find((choice) => choice.value === value)?.title.toLowerCase() ?? value;
}
