import type { ProfileAgent, ProfileGroup, ProfilePass } from '#shared/model/profile.ts';
import type { ProfileReading } from '../engine/index.ts';
import { defineCommand, readingOptions } from './command.ts';
import { checkWhere, parseWhere } from './conditions.ts';
import { exitCodes } from './failure.ts';
import { print } from './print.ts';
import { alignedLines, countText, plural, printable, valueText } from './text.ts';
import { readingFrom, withDataset } from './with-dataset.ts';

export const profile = defineCommand({
  usage: 'profile PATH… [--where EXPR] [--answer FIELD] [--subset FIELD] [--json]',
  about: "Gym's own statistics: mean, max, min, median and std of every number, of each agent and each task, with pass@k.",
  options: {
    where: { kind: 'value', value: 'EXPR', about: 'keep the rollouts that meet it' },
    answer: { kind: 'value', value: 'FIELD', about: 'column of the extracted answer, for majority@k and no_answer' },
    subset: { kind: 'value', value: 'FIELD', about: 'column that divides the tasks: pass@k of each of its values too' },
    json: { kind: 'flag', about: 'print JSON (rollscope schema profile)' },
    ...readingOptions,
  },
  async run(args, context) {
    const where = args.value('where');
    const filter = parseWhere(where);
    const reading = readingFrom(args);
    return await withDataset(args.operands, reading, context, async ({ dataset, read }) => {
      await read();
      await checkWhere(
        where,
        dataset,
        context,
        [args.value('answer'), args.value('subset')].flatMap((name) => name ?? []),
      );
      // Of a selection nobody knows how many were planned.
      const expected = filter.length === 0 ? await dataset.planned() : undefined;
      const found = dataset.profile(filter, { answer: args.value('answer'), subset: args.value('subset'), expected });
      await print(args.flag('json') ? jsonPieces(found) : textPieces(found), context);
      return exitCodes.done;
    });
  },
});

/** The whole is never in memory: millions of groups are written as they are worked out. */
function* jsonPieces({ agents, jsonGroups, ungrouped, masked, failed, superseded, duplicates }: ProfileReading): Generator<string> {
  yield `{\n  "agents": ${JSON.stringify(agents, null, 2).replaceAll('\n', '\n  ')},\n  "groups": [`;
  let separator = '';
  for (const group of jsonGroups()) {
    yield `${separator}\n    ${group}`;
    separator = ',';
  }
  yield `${separator === '' ? '' : '\n  '}]`;
  for (const [name, count] of Object.entries({ ungrouped, masked, failed, superseded, duplicates })) yield `,\n  "${name}": ${count}`;
  yield '\n}\n';
}

const figures = ['mean', 'std', 'min', 'median', 'max'] as const;
/** Groups shown to people. */
const shownGroups = 20;

function* textPieces({ agents, groups, groupCount, ...counts }: ProfileReading): Generator<string> {
  const rollouts = agents.reduce((sum, agent) => sum + agent.rollouts, 0);
  yield `${plural(rollouts, 'rollout')}, ${plural(groupCount, 'task')}${counts.ungrouped === 0 ? '' : `, ${countText(counts.ungrouped)} without a task index`}\n`;
  yield* notes(counts);
  for (const agent of agents) yield* agentText(agent);
  if (groupCount === 0) return;
  yield `\n${lines([groupHeader, ...firstOf(groups(), shownGroups).map(groupCells)], 2)}`;
  if (groupCount > shownGroups) yield `… ${countText(groupCount - shownGroups)} more tasks: --json has them all\n`;
}

/** What is left out is said, or the numbers would look like those of all rows. */
function* notes({
  masked,
  failed,
  superseded,
  duplicates,
}: Pick<ProfileReading, 'masked' | 'failed' | 'superseded' | 'duplicates'>): Generator<string> {
  if (masked > 0) yield `left out: ${plural(masked, 'rollout')} with mask_sample, whose reward is no measurement\n`;
  if (failed > 0) yield `left out: ${plural(failed, 'failed attempt')} (_ng_failure_class)\n`;
  if (superseded > 0) yield `left out: ${plural(superseded, 'attempt')} that a later one replaces\n`;
  if (duplicates > 0)
    yield `${plural(duplicates, 'rollout')} with the agent, task and rollout index of another one: Gym would refuse the file\n`;
}

function* agentText(agent: ProfileAgent): Generator<string> {
  const names = Object.keys(agent).flatMap((name) => (name.startsWith('mean/') ? [name.slice('mean/'.length)] : []));
  yield `\n${agent.agent === undefined ? 'without an agent' : printable(agent.agent)}: ${plural(agent.rollouts, 'rollout')}, ${plural(agent.tasks, 'task')}\n`;
  yield lines(
    [['field', ...figures], ...names.map((name) => [printable(name), ...figures.map((figure) => valueText(agent[`${figure}/${name}`]))])],
    1,
  );
  for (const [part, rows] of passTables(agent.pass)) yield `\n${part === '' ? '' : `${printable(part)}\n`}${lines(rows, 0)}`;
  if (agent.largestK !== undefined) yield `up to k = ${agent.largestK}: there are larger groups\n`;
}

/** A table of k for all tasks (named ''), and for each subset. In percent, without the figures on spread: --json has all. */
function passTables(pass: ProfilePass): [part: string, rows: string[][]][] {
  const parts = Object.keys(pass).flatMap((name) => /^((?:.*\/)?)pass@1\/accuracy$/.exec(name)?.slice(1) ?? []);
  return parts.map((part) => {
    const modes = (k: number) =>
      ({
        'pass@k': `${part}pass@${k}/accuracy`,
        'average of k': `${part}pass@1[avg-of-${k}]/accuracy`,
        'majority@k': `${part}majority@${k}/accuracy`,
        'without answer': `${part}pass@1[avg-of-${k}]/no_answer`,
      }) as const;
    const has = Object.entries(modes(1)).filter(([, name]) => pass[name] !== undefined);
    const rows: string[][] = [['k', ...has.map(([title]) => title)]];
    for (let k = 1; pass[modes(k)['average of k']] !== undefined; k++) {
      // Every k to 4, then its doublings, and the last.
      const isLast = pass[modes(k + 1)['average of k']] === undefined;
      if (k > 4 && !Number.isInteger(Math.log2(k)) && !isLast) continue;
      rows.push([
        String(k),
        ...Object.entries(modes(k)).flatMap(([title, name]) => (has.some(([each]) => each === title) ? [valueText(pass[name])] : [])),
      ]);
    }
    return [part.replace(/\/$/, ''), rows];
  });
}

const groupHeader = ['agent', 'task', 'rollouts', 'mean reward', 'std', 'min', 'max'];

function groupCells(group: ProfileGroup): string[] {
  const rewards = (['mean', 'std', 'min', 'max'] as const).map((figure) => valueText(group[`${figure}/reward`]));
  return [printable(group.agent ?? '·'), printable(String(group._ng_task_index)), countText(group.num_rollouts), ...rewards];
}

function firstOf<T>(items: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  for (const item of items) {
    if (first.length === count) break;
    first.push(item);
  }
  return first;
}

/** A table whose columns from `right` on are numbers. */
function lines(rows: readonly (readonly string[])[], right: number): string {
  const columns = rows[0]?.length ?? 0;
  return `${alignedLines(rows, new Set([...Array(columns).keys()].slice(right))).join('\n')}\n`;
}
