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
    where: { kind: 'value', value: 'EXPR', about: 'keep the rows that meet it, such as "reward >= 0.5 and turns < 10"' },
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
      await checkWhere(where, dataset, context, [...more, 'problems']);
      const counted = dataset.stats(filter, more);
      const named: Stats = { ...counted, files: counted.files.map((file, index) => ({ ...file, path: files[index] ?? file.path })) };
      context.stdout.write(args.flag('json') ? `${JSON.stringify(named, null, 2)}\n` : statsText(named, where));
      return exitCodes.done;
    });
  },
});

/** The same for people. */
export function statsText({ files, rows, invalidLines, selectedRows, columns, metrics, groups }: Stats, where: string | undefined): string {
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
  const columnRows = columns.map(({ name, kind, present, nulls, missing }) => [
    printable(name),
    kind,
    ...[present, nulls, missing].map(countText),
  ]);
  const selected = where === undefined ? '' : `, ${countText(selectedRows)} selected by ${where}`;
  const invalid = invalidLines === 0 ? '' : `, ${plural(invalidLines, 'invalid line')}`;

  return [
    ...alignedLines(fileRows, new Set([1, 2, 3])),
    '',
    `${plural(rows, 'row')}${invalid}${selected}`,
    `${plural(groups.tasks, 'task')}: ${countText(groups.withSignal)} with a signal, ${countText(groups.allEqual)} all equal, ${countText(groups.single)} single`,
    '',
    ...alignedLines([['metric', 'count', 'missing', 'mean', 'std', 'min', 'median', 'max'], ...metricRows], new Set([1, 2, 3, 4, 5, 6, 7])),
    '',
    ...alignedLines([['column', 'kind', 'present', 'null', 'missing'], ...columnRows], new Set([2, 3, 4])),
    '',
  ].join('\n');
}
