import type { GroupOrder, TaskGroup } from '#shared/model/group.ts';
import type { GroupsView } from '../../state/view-parts.ts';
import type { ValueRange } from '../../ui/reward-scale.ts';
import { formatCount, formatScore, formatValue } from '../../ui/format.ts';

export type ColumnName =
  | 'open'
  | 'task'
  | 'agent'
  | 'rewards'
  | 'size'
  | 'mean'
  | 'std'
  | 'state'
  | 'range'
  | 'passAt1'
  | 'passAtK'
  | 'advantage'
  | 'missing'
  | 'prompt';

export interface GroupColumn {
  readonly name: ColumnName;
  readonly label: string;
  readonly meaning: string;
  /** Undefined where groups are not sorted by it. */
  readonly order: GroupOrder | undefined;
  readonly numeric: boolean;
  readonly left: number;
  readonly width: number;
}

export interface ColumnOptions {
  /** In px. */
  readonly width: number;
  readonly k: number;
  readonly advantage: GroupsView['advantage'];
  /** Rollouts of the largest group that a strip shows. */
  readonly slots: number;
  /** Whether it is known how many rollouts were planned. */
  readonly planned: boolean;
  /** Tasks are named by more than a number. */
  readonly longNames: boolean;
  /** Values have exponents of three digits: what tells them apart stands at their end. */
  readonly longValues: boolean;
}

type Fixed = Omit<GroupColumn, 'left'>;

/** Left out in this order where the window is too narrow; what is not named always stays. */
const optional: readonly ColumnName[] = [
  'passAt1',
  'range',
  'missing',
  'size',
  'passAtK',
  'advantage',
  'state',
  'agent',
  'prompt',
  'std',
  'mean',
];
const promptWidth = 140;
/** Beside an open rollout: so much less, that the mean fits. */
const narrowWidth = 400;
const narrower: Partial<Record<ColumnName, number>> = { task: 16, rewards: 8, mean: 4 };

/** The columns that fit, from the left edge on; the prompt takes what is left. */
export function layoutGroupColumns(options: ColumnOptions): GroupColumn[] {
  const all = allColumns(options)
    .map((column) => (options.width < narrowWidth ? { ...column, width: column.width - (narrower[column.name] ?? 0) } : column))
    .filter(({ name }) => name !== 'missing' || options.planned);
  const dropped = new Set<ColumnName>();
  const taken = (): number => all.reduce((sum, { name, width }) => sum + (dropped.has(name) ? 0 : width), 0);
  for (const name of optional) {
    if (taken() <= options.width) break;
    dropped.add(name);
  }
  const spare = Math.max(0, options.width - taken());
  const shown = all.filter(({ name }) => !dropped.has(name));
  const grows = dropped.has('prompt') ? 'rewards' : 'prompt';
  let left = 0;
  return shown.map((column) => {
    const width = column.name === grows ? column.width + spare : column.width;
    left += width;
    return { ...column, width, left: left - width };
  });
}

/** Which numbers have such exponents. */
const hugeValue = 1e100;

export function hasLongValues({ min, max }: ValueRange): boolean {
  return Math.max(Math.abs(min), Math.abs(max)) >= hugeValue;
}

function allColumns({ k, advantage, slots, longNames, longValues }: ColumnOptions): Fixed[] {
  const scaled = advantage === 'scaled';
  const [one, two] = longValues ? [80, 152] : [0, 0];
  return [
    fixed('open', '', 'open or close', undefined, 24),
    fixed('task', 'task', 'the task, in the order of the files', 'task', longNames ? 120 : 64, !longNames),
    fixed('agent', 'agent', 'agent_ref.name', 'agent', 132),
    fixed('rewards', 'rewards', 'one cell a rollout, by rollout index', undefined, stripWidth(slots) + 16),
    fixed('size', 'n', 'rollouts that the filter keeps', 'size', 48, true),
    fixed('mean', 'mean', 'mean of the metric', 'mean', Math.max(64, one), true),
    fixed('std', 'std', 'sample deviation (n − 1)', 'std', Math.max(64, one), true),
    fixed(
      'state',
      'signal',
      'alive: values differ by more than the tolerance; dead: they do not; single: fewer than two values',
      'state',
      60,
    ),
    fixed('range', 'range', 'smallest and largest value', 'range', Math.max(112, two), true),
    fixed('passAt1', 'pass@1', passMeaning(1), 'passAt1', Math.max(60, one), true),
    ...(k === 1 ? [] : [fixed('passAtK', `pass@${k}`, passMeaning(k), 'passAtK', Math.max(68, one), true)]),
    scaled
      ? fixed('advantage', 'advantage', '(reward − mean) / std: least and greatest', 'advantageMax', 116, true)
      : fixed('advantage', 'r − mean', 'reward − mean: least and greatest', 'centredMax', Math.max(116, two), true),
    fixed('missing', 'missing', 'planned rollouts that are not there', 'missing', 64, true),
    fixed('prompt', 'prompt', 'last user text of the input', undefined, promptWidth),
  ];
}

function fixed(name: ColumnName, label: string, meaning: string, order: GroupOrder | undefined, width: number, numeric = false): Fixed {
  return { name, label, meaning, order, numeric, width };
}

function passMeaning(k: number): string {
  return `as Gym has it: of 0 and 1 the chance that one of ${k} drawn rollouts is 1; of other values the best of the first ${k}, in grey`;
}

/** In px: 18 a cell for usual groups, less for larger ones. */
export function stripPitch(slots: number): number {
  return Math.max(3, Math.min(18, Math.floor(192 / Math.max(1, slots))));
}

function stripWidth(slots: number): number {
  return Math.max(72, slots * stripPitch(slots));
}

/** A figure of a group as its cell shows it; `·` where there is none. */
export function cellText(name: ColumnName, group: TaskGroup, advantage: GroupsView['advantage']): string {
  switch (name) {
    case 'task':
      return group.task;
    case 'agent':
      return group.agent ?? '·';
    case 'size':
      return formatCount(group.size);
    case 'state':
      return group.state;
    case 'mean':
    case 'std':
      return scoreOr(group[name]);
    case 'passAt1':
    case 'passAtK':
      return shareOr(group[name], group.binary);
    case 'range':
      return spanText(group.min, group.max, formatRange);
    case 'advantage': {
      const { least, greatest } = advantagesOf(group, advantage);
      return spanText(least, greatest, signed);
    }
    case 'missing':
      return group.missing === undefined ? '·' : formatCount(group.missing);
    case 'prompt':
      return group.prompt ?? '·';
    case 'open':
    case 'rewards':
      return '';
  }
}

/** The least and the greatest advantage in a group: 0 without a signal. */
export function advantagesOf(group: TaskGroup, kind: GroupsView['advantage']): { least: number | undefined; greatest: number | undefined } {
  const { min, max, mean, std } = group;
  if (min === undefined || max === undefined || mean === undefined) return { least: undefined, greatest: undefined };
  const scale = kind === 'centred' ? 1 : group.state === 'alive' && std !== undefined ? std : Infinity;
  return { least: (min - mean) / scale + 0, greatest: (max - mean) / scale };
}

/** `+1.00`, `−0.77`. */
export function signed(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.005 || size >= 1000)) return `${value > 0 ? '+' : ''}${formatValue(value)}`;
  return `${value > 0 ? '+' : value < 0 ? '\u2212' : ''}${size.toFixed(2)}`;
}

function scoreOr(value: number | undefined): string {
  return value === undefined ? '·' : formatScore(value);
}

/** Gym's pass@k is a share of 0s and 1s; else it is a value. */
function shareOr(value: number | undefined, binary: boolean): string {
  if (value === undefined) return '·';
  return binary ? value.toFixed(2) : formatRange(value);
}

/** Three digits: two such numbers stand side by side, and the title has every digit. */
function formatRange(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size < 0.005 || size >= 1000) return formatValue(value);
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0).replace('-', '\u2212');
}

function spanText(low: number | undefined, high: number | undefined, format: (value: number) => string): string {
  if (low === undefined || high === undefined) return '·';
  return `${format(low)} … ${format(high)}`;
}
