import type { Neighbour, NeighbourKind } from '#shared/model/neighbour.ts';
import { formatCount, plural } from '../ui/format.ts';

export const neighbourTitles: Readonly<Record<NeighbourKind, string>> = {
  'materialized-inputs': 'Planned rollouts',
  failures: 'Failed attempts',
  verdicts: 'Health verdicts',
  'quality-summary': 'Health summary',
  'aggregate-metrics': 'Aggregate metrics',
  'reward-profiling': 'Reward profile',
  'agent-metrics': 'Metrics by agent',
  'repeat-level-metrics': 'Metrics by repeat',
};

/** What a neighbour says of the rollouts that are there, in short sentences. */
export function sayNeighbour({ enabled, plan, failures, verdicts, rows }: Neighbour): string[] {
  if (!enabled) return ['Not joined.'];
  return [
    ...(plan
      ? [
          `${formatCount(plan.present)} of ${plural(plan.expected, 'planned rollout is', 'planned rollouts are')} here, ${formatCount(plan.neverRun)} never ran.`,
        ]
      : []),
    ...(plan && plan.tasks.partial + plan.tasks.missing > 0
      ? [`${plural(plan.tasks.partial, 'task')} lack some, ${formatCount(plan.tasks.missing)} all of their rollouts.`]
      : []),
    ...(failures
      ? [
          `${plural(failures.attempts, 'attempt')} failed: ${formatCount(failures.failed)} rollouts for good, ${formatCount(failures.recovered)} came later.`,
        ]
      : []),
    ...(failures && Object.keys(failures.classes).length > 0 ? [classesOf(failures.classes)] : []),
    ...(verdicts
      ? [
          [
            `${formatCount(verdicts.healthy)} healthy`,
            `${formatCount(verdicts.unhealthy)} unhealthy`,
            ...(verdicts.unobserved > 0 ? [`${formatCount(verdicts.unobserved)} not observed`] : []),
            ...(verdicts.other > 0 ? [`${formatCount(verdicts.other)} other`] : []),
          ].join(', '),
        ]
      : []),
    ...(!plan && !failures && !verdicts && rows !== undefined ? [plural(rows, 'entry', 'entries')] : []),
  ];
}

const mostClasses = 4;

function classesOf(classes: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(classes).sort((a, b) => b[1] - a[1]);
  const shown = sorted.slice(0, mostClasses).map(([name, count]) => `${name} ${formatCount(count)}`);
  const more = sorted.length - shown.length;
  return [...shown, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(' · ');
}
