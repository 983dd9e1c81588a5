import type { SelectionSummary } from '#shared/model/selection.ts';
import { formatCompact, formatCount, formatTick } from '../../ui/format.ts';

/** Share of the groups with a signal, or of the pairs, that may be lost before it is worth a warning. */
const worrying = 0.75;

/** One figure that a threshold changes. */
export interface Consequence {
  readonly title: string;
  /** The title where there is little room. */
  readonly short: string;
  /** What is counted, in a sentence. */
  readonly meaning: string;
  /** Undefined while it is still being counted. */
  readonly of: (summary: SelectionSummary, isSplit: boolean) => number | undefined;
  readonly format: (value: number) => string;
  /** Whether losing most of it is worth a warning. */
  readonly isSignal: boolean;
}

const titled = (title: string, meaning: string, of: Consequence['of'], more: Partial<Consequence> = {}): Consequence => ({
  title,
  short: title,
  meaning,
  of,
  format: formatCount,
  isSignal: false,
  ...more,
});

/** The figures in their order; tokens only where rollouts have them. */
export function consequencesOf({ tokens, labels }: SelectionSummary): readonly Consequence[] {
  const mark = formatTick(labels.passMark);
  return [
    titled('Rollouts', 'rollouts that are kept', ({ rollouts }) => rollouts),
    titled('Tasks covered', 'tasks with a rollout that is kept', ({ tasks }) => tasks, { short: 'Tasks' }),
    ...(tokens === undefined
      ? []
      : [
          titled('Output tokens', 'tokens of their responses', (summary) => summary.tokens ?? 0, {
            short: 'Tokens',
            format: formatCompact,
          }),
        ]),
    titled('Groups with signal', 'tasks whose kept rollouts differ in the metric', ({ groupsWithSignal }) => groupsWithSignal, {
      short: 'With signal',
      isSignal: true,
    }),
    titled(
      'Preference pairs',
      'best and worst of a request, where answers and metric differ enough',
      ({ pairs }, isSplit) => (isSplit ? pairs?.split.bestWorst : pairs?.bestWorst),
      { short: 'Pairs', isSignal: true },
    ),
    titled(
      'All possible pairs',
      'any two rollouts of a request that make a pair',
      ({ pairs }, isSplit) => (isSplit ? pairs?.split.all : pairs?.all),
      { short: 'All pairs' },
    ),
    titled('KTO positives', `rollouts from the pass mark (${mark}) on`, (summary) => summary.labels.good),
    titled('KTO negatives', `rollouts below the pass mark (${mark})`, (summary) => summary.labels.bad),
  ];
}

/** Whether a figure that carries the signal loses three quarters or more. */
export function isMostlyLost({ of, isSignal }: Consequence, before: SelectionSummary, after: SelectionSummary, isSplit: boolean): boolean {
  const was = of(before, false) ?? 0;
  const is = of(after, isSplit);
  return isSignal && is !== undefined && was > 0 && 1 - is / was >= worrying;
}
