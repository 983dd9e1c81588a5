import type { ColumnInfo } from '#shared/model/column.ts';

/** What is shown of each rollout of an open task. */
export interface DetailColumn {
  readonly name: string;
  readonly kind: 'rollout' | 'value' | 'advantage' | 'centred' | 'metric' | 'answer';
  readonly label: string;
  readonly numeric: boolean;
  readonly left: number;
  readonly width: number;
}

const indent = 24;
const answerWidth = 200;
const metricWidth = 84;
/** Fields of the file that are asked for: of these, those are shown that the rollouts have. */
const mostOthers = 16;

/** What is asked of the rollouts of an open task: usual figures, numbers of the file, the answer. */
export function detailNames(columns: readonly ColumnInfo[], metric: string): string[] {
  const has = (name: string): boolean => columns.some((column) => column.name === name && column.present > 0);
  const others = columns
    .filter(({ kind, derived, present }) => !derived && present > 0 && (kind === 'number' || kind === 'boolean'))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('_') && !name.includes('.'))
    .slice(0, mostOthers);
  return [...['tokens', 'turns', 'tools'].filter(has), ...others].filter((name) => name !== metric).concat(has('answer') ? ['answer'] : []);
}

/**
 * Columns that fit, from the left edge on. `names`: what the rollouts have of what was asked. The answer's first line takes what
 * the figures leave; metrics of the file stand where there is room for them.
 */
export function layoutDetail(names: readonly string[], metric: string, width: number): DetailColumn[] {
  const figures: Omit<DetailColumn, 'left'>[] = [
    { name: 'rollout', kind: 'rollout', label: 'rollout', numeric: false, width: 80 },
    { name: metric, kind: 'value', label: metric, numeric: true, width: 88 },
    { name: 'advantage', kind: 'advantage', label: 'advantage', numeric: true, width: 76 },
    { name: 'centred', kind: 'centred', label: 'r − mean', numeric: true, width: 76 },
  ];
  const placed: DetailColumn[] = [];
  let left = indent;
  const place = (column: Omit<DetailColumn, 'left'>): void => {
    placed.push({ ...column, left });
    left += column.width;
  };
  for (const figure of figures) if (left + figure.width <= width) place(figure);
  const hasAnswer = names.includes('answer');
  for (const name of names.filter((each) => each !== 'answer')) {
    if (left + metricWidth + (hasAnswer ? answerWidth : 0) > width) break;
    place({ name, kind: 'metric', label: name, numeric: true, width: metricWidth });
  }
  if (hasAnswer && width - left >= 60) place({ name: 'answer', kind: 'answer', label: 'answer', numeric: false, width: width - left });
  return placed;
}
