import type { ColumnInfo } from '#shared/model/column.ts';
import { computedOperand } from '#shared/model/expression/index.ts';
import { derivedColumns } from '#shared/model/derived.ts';
import type { Settings } from '../../data/use-settings.tsx';

/** How a column is laid out and written. */
export interface TableColumn {
  readonly name: string;
  /** Its head, where that is shorter than its name. */
  readonly label: string;
  readonly meaning: string;
  readonly kind: ColumnInfo['kind'];
  /** `score`: three decimals and, for the metric in view, the reward mark. `text`: grows with the window. */
  readonly form: 'index' | 'count' | 'score' | 'number' | 'flag' | 'word' | 'text';
  readonly width: number;
  /** Share of the room that is left. */
  readonly grow: number;
  readonly shown: boolean;
}

const widths: Readonly<Record<string, number>> = {
  line: 72,
  task: 64,
  rollout: 40,
  agent: 148,
  turns: 60,
  tools: 60,
  tokens: 72,
  prompt: 180,
  answer: 140,
};
const grows: Readonly<Record<string, number>> = { prompt: 1.35, answer: 1 };
const ownWidth = { number: 96, boolean: 84, string: 148, mixed: 120 } as const;
const meanings = new Map(derivedColumns.map(({ name, meaning }) => [name, meaning]));
const scoreWidth = 96;

export interface LayoutOptions {
  /** The metric in view, always shown. */
  readonly metric: string | null;
  /** Of the window: narrow ones show fewer columns unless the user chose otherwise. */
  readonly windowWidth: number;
  readonly settings: Pick<Settings, 'columnOrder' | 'columnsShown'>;
}

/** The columns in the order of the table, whether shown or not: usual ones first, then as found in the file. */
export function layoutColumns(columns: readonly ColumnInfo[], { metric, windowWidth, settings }: LayoutOptions): TableColumn[] {
  const usual = usualColumns(metric);
  const rank = (name: string): number => {
    const chosen = settings.columnOrder.indexOf(name);
    if (chosen >= 0) return chosen;
    const place = usual.indexOf(name);
    return settings.columnOrder.length + (place < 0 ? usual.length : place);
  };
  const names = columns.map(({ name }) => name);
  return columns
    .map((column): TableColumn => {
      const { name, kind } = column;
      const isMetric = name === metric;
      return {
        name,
        label: name === 'rollout' ? 'r' : name,
        meaning: [meanings.get(name) ?? (column.derived ? '' : 'a field of the file'), column.note ?? '']
          .filter((text) => text !== '')
          .join('. '),
        kind,
        form: formOf(column, isMetric),
        width: isMetric || name === 'reward' ? scoreWidth : (widths[name] ?? ownWidth[kind]),
        grow: grows[name] ?? 0,
        shown:
          isMetric ||
          (settings.columnsShown[name] ?? (usual.includes(name) && column.present > 0 && !hiddenAt(windowWidth).includes(name))),
      };
    })
    .sort((a, b) => rank(a.name) - rank(b.name) || names.indexOf(a.name) - names.indexOf(b.name));
}

/** The list beside an open rollout: enough to know a row by. */
export function compactColumns(columns: readonly TableColumn[], metric: string | null): TableColumn[] {
  const kept = ['line', 'task', 'rollout', metric ?? 'reward', 'tokens'];
  const compactWidths: Readonly<Record<string, number>> = { line: 64, task: 56, rollout: 38, tokens: 66 };
  return columns
    .filter(({ name, shown }) => kept.includes(name) && (shown || name === metric))
    .map((column) => ({ ...column, shown: true, grow: 0, width: compactWidths[column.name] ?? 80 }));
}

/** Widths in px: what the user set, the rest of the room shared among the columns that grow. */
export function columnSizes(columns: readonly TableColumn[], set: Readonly<Record<string, number>>, room: number): Record<string, number> {
  const shown = columns.filter((column) => column.shown);
  const taken = shown.reduce((sum, { name, width }) => sum + (set[name] ?? width), 0);
  const growing = shown.filter(({ name, grow }) => grow > 0 && set[name] === undefined);
  const shares = growing.reduce((sum, { grow }) => sum + grow, 0);
  const spare = Math.max(0, room - taken);
  return Object.fromEntries(
    shown.map(({ name, width, grow }) => [
      name,
      set[name] ?? (growing.some((column) => column.name === name) ? width + Math.floor((spare * grow) / shares) : width),
    ]),
  );
}

/** What nearly every file has, so that rows can be asked for before its columns are known. */
export const usual: readonly string[] = ['line', 'task', 'rollout', 'agent', 'reward', 'turns', 'tools', 'tokens', 'prompt', 'answer'];

/** The same widths, narrowed alike where they do not fit: the list beside a rollout does not scroll sideways. */
export function fitSizes(sizes: Readonly<Record<string, number>>, room: number): Record<string, number> {
  const taken = Object.values(sizes).reduce((sum, width) => sum + width, 0);
  const scale = Math.min(1, room / Math.max(1, taken));
  return Object.fromEntries(Object.entries(sizes).map(([name, width]) => [name, scale === 1 ? width : Math.floor(width * scale)]));
}

function usualColumns(metric: string | null): readonly string[] {
  if (metric === null || usual.includes(metric)) return usual;
  return usual.flatMap((name) => (name === 'reward' ? [name, metric] : [name]));
}

/** How many columns at the left stay when the table scrolls sideways: those a row is known by. */
export function pinnedCount(forms: readonly TableColumn['form'][]): number {
  const others = forms.findIndex((form) => form !== 'index');
  return Math.max(1, others < 0 ? forms.length : others);
}

function hiddenAt(windowWidth: number): readonly string[] {
  if (windowWidth < 1200) return ['tools', 'answer'];
  return windowWidth < 1440 ? ['answer'] : [];
}

function formOf({ name, kind, derived }: ColumnInfo, isMetric: boolean): TableColumn['form'] {
  if (name === 'line' || name === 'task' || name === 'rollout') return 'index';
  if (name === 'prompt' || name === 'answer') return 'text';
  if (kind === 'boolean' && !isMetric) return 'flag';
  if (kind === 'string') return 'word';
  if (kind === 'mixed' && !isMetric) return 'word';
  return derived && computedOperand(name) === undefined ? 'count' : name === 'reward' || isMetric ? 'score' : 'number';
}
