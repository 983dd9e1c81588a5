import type { ColumnInfo } from '#shared/model/column.ts';
import { derivedColumns } from '#shared/model/derived.ts';
import { computedOperand } from '#shared/model/expression/index.ts';

/** How a column is written: `score` has three decimals and, for the metric in view, the reward mark; `text` grows with the window. */
export type ColumnForm = 'index' | 'count' | 'score' | 'number' | 'flag' | 'word' | 'text' | 'problems' | 'star';

const widths: Readonly<Record<string, number>> = {
  task: 56,
  rollout: 36,
  agent: 148,
  turns: 60,
  tools: 60,
  tokens: 72,
  problems: 32,
  star: 28,
  prompt: 120,
  answer: 124,
};
const ownWidth = { number: 96, boolean: 84, string: 148, mixed: 120 } as const;
const scoreWidth = 88;
/** Of tasks that have names, or go by twelve digits of what they ask. */
const taskNameWidth = 104;
/** A name of a column that the user added is longer than most; it is cut at so many px. */
const addedWidth = { least: 96, most: 220, perCharacter: 6.5 } as const;

/** Room for the greatest line number: up to five, six, or more digits. */
function lineWidth(lines: number): number {
  return lines < 1e5 ? 60 : lines < 1e6 ? 68 : 84;
}

/** What a column is laid out by, beside itself. */
export interface WidthOptions {
  readonly isMetric: boolean;
  readonly isAdded: boolean;
  /** Tasks go by an index, not by a name. */
  readonly numbersTasks: boolean;
}

export function widthOf({ name, kind, present }: ColumnInfo, { isMetric, isAdded, numbersTasks }: WidthOptions): number {
  if (name === 'task' && !numbersTasks) return taskNameWidth;
  if (name === 'line') return lineWidth(present);
  if (isAdded) return Math.round(Math.min(addedWidth.most, Math.max(addedWidth.least, 36 + addedWidth.perCharacter * name.length)));
  return isMetric || name === 'reward' ? scoreWidth : (widths[name] ?? ownWidth[kind]);
}

export function formOf({ name, kind, derived }: ColumnInfo, isMetric: boolean): ColumnForm {
  if (name === 'line' || name === 'task' || name === 'rollout') return 'index';
  if (name === 'prompt' || name === 'answer') return 'text';
  if (name === 'problems' && !isMetric) return 'problems';
  if (name === 'star' && !isMetric) return 'star';
  if (kind === 'boolean' && !isMetric) return 'flag';
  if (kind === 'string') return 'word';
  if (kind === 'mixed' && !isMetric) return 'word';
  if (derived && isMetric && kind === 'number' && computedOperand(name) === undefined) return 'count';
  if (name === 'reward' || isMetric || computedOperand(name) !== undefined) return 'score';
  return derived ? 'count' : 'number';
}

const meanings = new Map(derivedColumns.map(({ name, meaning }) => [name, meaning]));

export function meaningOf({ name, derived, note = '' }: ColumnInfo, isAdded: boolean): string {
  const added = computedOperand(name) === undefined ? 'a nested field, added by you' : 'computed, added by you';
  const meaning = isAdded ? added : (meanings.get(name) ?? (derived ? '' : 'a field of the file'));
  return [meaning, note].filter((text) => text !== '').join('. ');
}

/** Written at the right edge, so that digits stand under each other. */
export function isRight(form: ColumnForm): boolean {
  return form === 'index' || form === 'count' || form === 'score' || form === 'number';
}
