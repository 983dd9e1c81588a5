import type { ColumnInfo } from '#shared/model/column.ts';
import type { TableLayout } from '../../data/table-layouts.ts';
import { type ColumnForm, formOf, meaningOf, widthOf } from './column-forms.ts';

/** How a column is laid out and written. */
export interface TableColumn {
  readonly name: string;
  /** Its head, where that is shorter than its name. */
  readonly label: string;
  readonly meaning: string;
  readonly kind: ColumnInfo['kind'];
  readonly form: ColumnForm;
  readonly width: number;
  /** Share of the room that is left. */
  readonly grow: number;
  readonly shown: boolean;
  /** Stands first, and stays when the others scroll sideways. */
  readonly pinned: boolean;
  /** By the user: a path or an expression. */
  readonly added: boolean;
  /** Its lines are still being read: there are no values yet. */
  readonly pending: boolean;
}

const grows: Readonly<Record<string, number>> = { prompt: 1.35, answer: 1 };

export interface LayoutOptions {
  /** The metric in view, always shown. */
  readonly metric: string | null;
  /** Of the window: narrow ones show fewer columns unless the user chose otherwise. */
  readonly windowWidth: number;
  readonly layout: Pick<TableLayout, 'order' | 'shown' | 'pinned'>;
  /** Columns that the user added, known already or not. */
  readonly added?: readonly string[];
  /** Those a link shows, in its order, whatever the layout; null: as the layout has them. */
  readonly chosen?: readonly string[] | null;
}

/** The columns in the order of the table, whether shown or not: pinned ones, usual ones, then as found in the file. */
export function layoutColumns(
  columns: readonly ColumnInfo[],
  { metric, windowWidth, layout, added = [], chosen = null }: LayoutOptions,
): TableColumn[] {
  const known = new Set(columns.map(({ name }) => name));
  // Before the columns are known it is not known what it stands behind either.
  const more = [...(columns.length === 0 ? [] : ['problems']), ...added].filter((name) => !known.has(name));
  const all = [...columns, ...more.map(unknownColumn)];
  const rank = ranksOf(all, chosen ?? layout.order, metric, added);
  const hidden = hiddenAt(windowWidth);
  // Most files have an index: before anything is known, room is kept for one.
  const numbersTasks = columns.length === 0 || known.has('_ng_task_index');
  return all
    .map((column): TableColumn => {
      const { name, kind } = column;
      const isMetric = name === metric;
      const isAdded = added.includes(name);
      const form = formOf(column, isMetric);
      const isThere = marks.includes(name) || (usual.includes(name) && column.present > 0);
      const isUsual = isAdded || (isThere && !hidden.includes(name));
      return {
        name,
        label: labels[name] ?? name,
        meaning: meaningOf(column, isAdded),
        kind,
        form,
        width: widthOf(column, { isMetric, isAdded, numbersTasks }),
        grow: grows[name] ?? 0,
        shown: isMetric || (chosen?.includes(name) ?? layout.shown[name] ?? isUsual),
        pinned: layout.pinned[name] ?? form === 'index',
        added: isAdded,
        pending: isAdded && !known.has(name),
      };
    })
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || (rank.get(a.name) ?? 0) - (rank.get(b.name) ?? 0));
}

const labels: Readonly<Record<string, string>> = { rollout: 'r', star: '', problems: '' };

/** The list beside an open rollout: enough to know a row by. */
export function compactColumns(columns: readonly TableColumn[], metric: string | null): TableColumn[] {
  const kept = ['line', 'task', 'rollout', metric ?? 'reward', 'tokens'];
  const compactWidths: Readonly<Record<string, number>> = { line: 64, task: 56, rollout: 38, tokens: 66 };
  return columns
    .filter(({ name, shown }) => kept.includes(name) && (shown || name === metric))
    .map((column) => ({
      ...column,
      shown: true,
      pinned: false,
      grow: Number(column.name === 'task'),
      width: compactWidths[column.name] ?? 80,
    }));
}

/** What nearly every file has, so that rows can be asked for before its columns are known. */
export const usual: readonly string[] = ['line', 'task', 'rollout', 'agent', 'reward', 'turns', 'tools', 'tokens', 'prompt', 'answer'];

/** Marks of the row, small, before the texts. */
const marks: readonly string[] = ['problems', 'star'];

/** Places by name: as the user ordered them; a new column comes where it would usually be, at the end of those. */
function ranksOf(
  columns: readonly ColumnInfo[],
  order: readonly string[],
  metric: string | null,
  added: readonly string[],
): Map<string, number> {
  const front = usual.slice(0, usual.indexOf('reward') + 1);
  const back = usual.slice(front.length);
  const beside = metric === null || usual.includes(metric) ? [] : [metric];
  const texts = back.indexOf('prompt');
  const names = [
    ...order,
    ...front,
    ...beside,
    ...added,
    ...back.slice(0, texts),
    ...marks,
    ...back.slice(texts),
    ...columns.map(({ name }) => name),
  ];
  return new Map([...new Set(names)].map((name, place) => [name, place]));
}

/** What can be had by its name, although the dataset does not list it. */
function unknownColumn(name: string): ColumnInfo {
  const counts = { present: 0, nulls: 0, missing: 0 };
  return name === 'problems' ? { name, kind: 'number', derived: true, ...counts } : { name, kind: 'mixed', derived: false, ...counts };
}

function hiddenAt(windowWidth: number): readonly string[] {
  if (windowWidth < 1200) return ['tools', 'problems', 'answer'];
  return windowWidth < 1440 ? ['answer'] : [];
}

/** The order of all columns after one was moved before another; null: to the end. */
export function movedBefore(columns: readonly TableColumn[], name: string, before: string | null): string[] {
  const rest = columns.map((column) => column.name).filter((other) => other !== name);
  const at = before === null ? rest.length : rest.indexOf(before);
  return at < 0 ? columns.map((column) => column.name) : [...rest.slice(0, at), name, ...rest.slice(at)];
}

/** The same after a step among the shown ones; the order as it is where there is nothing to step over. */
export function movedBy(columns: readonly TableColumn[], name: string, by: -1 | 1): string[] {
  const shown = columns.filter((column) => column.shown);
  const at = shown.findIndex((column) => column.name === name);
  const neighbour = shown[at + by];
  if (at < 0 || neighbour === undefined || neighbour.pinned !== shown[at]?.pinned) return columns.map((column) => column.name);
  return movedBefore(columns, by < 0 ? name : neighbour.name, by < 0 ? neighbour.name : name);
}
