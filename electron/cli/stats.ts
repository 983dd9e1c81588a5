import type { Neighbour } from '#shared/model/neighbour.ts';
import type { Stats } from '#shared/model/stats.ts';
import { defineCommand, readingOptions } from './command.ts';
import { checkWhere, parseWhere } from './conditions.ts';
import { exitCodes } from './failure.ts';
import { alignedLines, bytesText, countText, plural, printable, valueText } from './text.ts';
import { readingFrom, withDataset } from './with-dataset.ts';

export const stats = defineCommand({
  usage: 'stats PATH… [--where EXPR] [--column NAME]… [--json]',
  about: 'Count rows, columns, metrics and groups. With --where, of the rows that it keeps.',
  options: {
    where: {
      kind: 'value',
      value: 'EXPR',
      about: 'keep the rows that meet it, such as "reward >= 0.5 and turns < 10" or "group.signal and group.mean(tokens) < 4000"',
    },
    column: {
      kind: 'list',
      value: 'NAME',
      about: 'count another column too: a nested path, or what is computed ("reward - 0.1 * truncated")',
    },
    json: { kind: 'flag', about: 'print JSON (rollscope schema stats)' },
    ...readingOptions,
  },
  async run(args, context) {
    const where = args.value('where');
    const filter = parseWhere(where);
    const more = args.list('column');
    const reading = readingFrom(args);
    return await withDataset(args.operands, reading, context, async ({ dataset, files, read }) => {
      await read();
      await checkWhere(where, dataset, context, more);
      const counted = dataset.stats(filter, more);
      const neighbours = await dataset.neighbours();
      const named: Stats = {
        ...counted,
        files: counted.files.map((file, index) => ({ ...file, path: files[index] ?? file.path })),
        ...(neighbours.length > 0 && { neighbours }),
      };
      context.stdout.write(args.flag('json') ? `${JSON.stringify(named, null, 2)}\n` : statsText(named, where));
      return exitCodes.done;
    });
  },
});

/** The same for people. */
export function statsText(
  { files, rows, invalidLines, selectedRows, columns, metrics, groups, neighbours = [], limits = [] }: Stats,
  where: string | undefined,
): string {
  const fileRows = files.map((file) => [
    printable(file.path),
    bytesText(file.bytes),
    plural(file.rows, 'row'),
    file.invalidLines === 0 ? '' : plural(file.invalidLines, 'invalid line'),
  ]);
  const metricRows = Object.entries(metrics).map(([name, { count, missing, mean, std, min, median, max }]) => [
    printable(name),
    countText(count),
    countText(missing),
    ...[mean, std, min, median, max].map(valueText),
  ]);
  const columnRows = columns.map(({ name, kind, present, nulls, missing, note = '' }) => [
    printable(name),
    kind,
    ...[present, nulls, missing].map(countText),
    note,
  ]);
  const selected = where === undefined ? '' : `, ${countText(selectedRows)} selected by ${where}`;
  const invalid = invalidLines === 0 ? '' : `, ${plural(invalidLines, 'invalid line')}`;

  return [
    ...alignedLines(fileRows, new Set([1, 2, 3])),
    '',
    `${plural(rows, 'row')}${invalid}${selected}`,
    `${plural(groups.tasks, 'task')}: ${countText(groups.withSignal)} with a signal, ${countText(groups.allEqual)} all equal, ${countText(groups.single)} single`,
    ...neighbours.map(neighbourText),
    ...limits,
    '',
    ...alignedLines([['metric', 'count', 'missing', 'mean', 'std', 'min', 'median', 'max'], ...metricRows], new Set([1, 2, 3, 4, 5, 6, 7])),
    '',
    ...alignedLines([['column', 'kind', 'present', 'null', 'missing', ''], ...columnRows], new Set([2, 3, 4])),
    '',
  ].join('\n');
}

/** One line: what a file that Gym wrote beside the rollouts says of them. */
function neighbourText({ name, rows = 0, plan, failures, verdicts, stale, problem }: Neighbour): string {
  const said =
    (plan &&
      `${countText(plan.present)} of ${plural(plan.expected, 'planned rollout')} are there, ${countText(plan.neverRun)} never ran`) ??
    (failures && `${plural(failures.attempts, 'failed attempt')}, ${plural(failures.failed, 'rollout')} never succeeded`) ??
    (verdicts && `${countText(verdicts.unhealthy)} unhealthy, ${countText(verdicts.unobserved)} unobserved`) ??
    plural(rows, 'entry', 'entries');
  return printable(`${name}: ${said}${stale ? ' (may be of an earlier run)' : ''}${problem === undefined ? '' : ` (${problem})`}`);
}
