import type { ExportPlan, Exclusion } from '#shared/model/export.ts';
import type { OptionValue } from '#shared/model/recipe.ts';
import type { TargetInfo, TargetOption } from '#shared/model/target.ts';
import { isInForce, optionValue, type ExportState } from '../../state/export-state.ts';
import { formatExact, plural } from '../../ui/format.ts';

/** Why rollouts are left out: the user's filter, the user's sampling, or that they do not fit. */
export type LeftOutBy = 'filter' | 'sampling' | 'target';

export interface LeftOut {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly by: LeftOutBy;
  readonly examples: Exclusion['examples'];
}

/** Every reason with its count, largest first; the counts add up to the rollouts that are not used. */
export function leftOut(plan: ExportPlan): LeftOut[] {
  const filtered = plan.filteredOut.map(({ condition, count }, index): LeftOut => ({
    id: `filter-${index}`,
    title: `not ${condition}`,
    count,
    by: 'filter',
    examples: [],
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

function isSampling(reason: string): boolean {
  return reason.startsWith('sampling/');
}

export interface FunnelStage {
  readonly name: string;
  readonly count: number;
  /** Of the file, from 0 to 1. */
  readonly share: number;
}

/** What is left after each step, from the file to what is written. */
export function funnel(plan: ExportPlan, target: TargetInfo): FunnelStage[] {
  const dropped = (by: LeftOutBy): number => leftOut(plan).reduce((sum, reason) => (reason.by === by ? sum + reason.count : sum), 0);
  const fitting = plan.rowsSelected - dropped('target');
  const stages = [
    { name: 'in the file', count: plan.rowsRead },
    { name: 'in the filter', count: plan.rowsSelected },
    { name: `fit ${targetName(target)}`, count: fitting },
    // Where a row is made of one rollout, what sampling leaves is what is written.
    ...(plan.rolloutsUsed !== fitting && plan.rolloutsUsed !== plan.rowsWritten
      ? [{ name: 'after sampling', count: plan.rolloutsUsed }]
      : []),
    { name: 'written', count: plan.rowsWritten },
  ];
  return stages.map((stage) => ({ ...stage, share: plan.rowsRead === 0 ? 0 : Math.min(1, stage.count / plan.rowsRead) }));
}

export function targetName({ framework, method }: TargetInfo): string {
  return `${framework.title} ${method.title}`;
}

/** A step's choices under its name: what differs from the defaults. */
export function optionsCaption(state: ExportState, target: TargetInfo | undefined, step: TargetOption['step']): string {
  const options = target?.options.filter((option) => option.step === step && isInForce(state, target, option)) ?? [];
  if (target !== undefined && options.length === 0) return 'nothing to choose';
  const changed = options.filter((option) => JSON.stringify(optionValue(state, option)) !== JSON.stringify(option.default));
  if (changed.length === 0) return 'default';
  const [first] = changed;
  if (changed.length > 1 || first === undefined) return `${changed.length} changed`;
  return `${first.title.toLowerCase()}: ${valueWords(first, optionValue(state, first))}`;
}

/** A value as the form shows it. */
export function valueWords(option: TargetOption, value: OptionValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return formatExact(value);
  if (typeof value === 'object') return plural(Object.keys(value).length, 'field');
  return option.choices?.find((choice) => choice.value === value)?.title.toLowerCase() ?? value;
}
