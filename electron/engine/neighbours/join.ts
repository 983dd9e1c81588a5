import { limits } from '#shared/limits.ts';
import type { IncompleteTask, Neighbour } from '#shared/model/neighbour.ts';
import type { Planned } from './read.ts';

/** Keys of the rollouts of one file. */
export interface FileKeys {
  readonly keys: ReadonlySet<string>;
  /** Non-blank lines. */
  readonly lines: number;
  /** Lines without a key: invalid ones, and rollouts without indices. */
  readonly keyless: number;
}

/**
 * Planned rollouts against those there are, by (task, rollout); a task's number is counted by agent, as a plan may share a task among
 * several (`nemo_gym/reward_profile.py`: complete, partial, missing).
 */
export function joinPlan(
  plan: readonly Planned[],
  { keys }: FileKeys,
  failures: ReadonlyMap<string, number>,
): NonNullable<Neighbour['plan']> {
  const tasks = new Map<string, { -readonly [K in keyof IncompleteTask]: IncompleteTask[K] }>();
  const total = { expected: plan.length, present: 0, neverRun: 0 };
  for (const { key, task, agent } of plan) {
    const name = `${agent ?? ''}\n${task}`;
    let counts = tasks.get(name);
    if (!counts) tasks.set(name, (counts = { ...(agent !== undefined && { agent }), task, expected: 0, present: 0, failed: 0 }));
    counts.expected++;
    if (keys.has(key)) {
      counts.present++;
      total.present++;
    } else if (failures.has(key)) counts.failed++;
    else total.neverRun++;
  }
  const counted = [...tasks.values()];
  const incomplete = counted.filter(({ expected, present }) => present < expected);
  const missing = incomplete.filter(({ present }) => present === 0).length;
  return {
    ...total,
    tasks: { complete: counted.length - incomplete.length, partial: incomplete.length - missing, missing },
    incomplete: incomplete.slice(0, limits.facetValues),
  };
}

/** How many rollouts of a task were planned for an agent; undefined where the plan does not know the task. */
export type PlannedCount = (task: string, agent: string | undefined) => number | undefined;

/** Counts a plan. What names no agent, in the plan or among those who ask, is counted by the task alone. */
export function countPlanned(plan: readonly Planned[]): PlannedCount {
  const counts = new Map<string, number>();
  const add = (name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { task, agent } of plan) {
    add(task);
    if (agent !== undefined) add(`${task}\n${agent}`);
  }
  const namesAgents = plan.some(({ agent }) => agent !== undefined);
  return (task, agent) => counts.get(agent === undefined || !namesAgents ? task : `${task}\n${agent}`);
}

/** Rollouts of the file that the plan does not know: it belongs to another run, or was written before a change. */
export function isPlanStale(plan: readonly Planned[], { keys }: FileKeys): boolean {
  const planned = new Set(plan.map(({ key }) => key));
  return [...keys].some((key) => !planned.has(key));
}

export function joinFailures(
  failures: ReadonlyMap<string, number>,
  classes: Readonly<Record<string, number>>,
  { keys }: FileKeys,
): NonNullable<Neighbour['failures']> {
  const recovered = [...failures.keys()].filter((key) => keys.has(key)).length;
  const attempts = Object.values(classes).reduce((sum, count) => sum + count, 0);
  return { attempts, failed: failures.size - recovered, recovered, classes: { ...classes } };
}

/**
 * Why the verdicts of a folder are not of this file, or undefined: they are where as many lines were checked as it has, and each verdict
 * is of one of its rollouts, or of a line that has no key (Gym names those by their place).
 */
export function refuseVerdicts(
  verdicts: ReadonlyMap<string, string>,
  checkedRecords: number | undefined,
  file: FileKeys,
): string | undefined {
  if (checkedRecords === undefined) return 'there is no quality_summary.json that says how many lines were checked';
  if (checkedRecords !== file.lines) return `${checkedRecords} lines were checked, this file has ${file.lines}`;
  const strange = [...verdicts.keys()].filter((key) => !file.keys.has(key)).length;
  return strange > file.keyless ? `${strange} verdicts are of rollouts that this file does not have` : undefined;
}

/** How many rollouts of the file have each verdict. */
export function countVerdicts(ofRows: Iterable<string | undefined>): NonNullable<Neighbour['verdicts']> {
  const counts = { healthy: 0, unhealthy: 0, unobserved: 0, other: 0 };
  for (const verdict of ofRows) {
    if (verdict === 'healthy' || verdict === 'unhealthy' || verdict === 'unobserved') counts[verdict]++;
    else if (verdict !== undefined) counts.other++;
  }
  return counts;
}
