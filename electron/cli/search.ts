import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import {
  type SearchBand,
  type SearchBands,
  type SearchMatch,
  type SearchPattern,
  type SearchReport,
  type SearchScope,
  searchScopes,
} from '#shared/model/search.ts';
import { limits } from '#shared/limits.ts';
import type { Dataset } from '../engine/index.ts';
import { defineCommand, readingOptions } from './command.ts';
import { checkWhere, parseWhere } from './conditions.ts';
import type { Context } from './context.ts';
import { exitCodes, ExpressionError } from './failure.ts';
import { jobText, progressLine } from './progress.ts';
import { countText, plural, printable, valueText } from './text.ts';
import { UsageError } from './usage-error.ts';
import { readingFrom, withDataset } from './with-dataset.ts';

export const search = defineCommand({
  usage: 'search PATH… PATTERN [--regex] [--ignore-case] [--in SCOPE,…] [--where EXPR] [--metric NAME] [--pass-mark X] [--json]',
  about: 'Find text in messages, reasoning, arguments and outputs of tools, as they read once decoded.',
  options: {
    regex: { kind: 'flag', about: "the pattern is a regular expression (JavaScript's, without looking around or back)" },
    'ignore-case': { kind: 'flag', about: 'upper and lower case are the same' },
    in: { kind: 'list', value: 'SCOPE,…', about: `where to look: ${searchScopes.join(', ')} (default: all)` },
    where: { kind: 'value', value: 'EXPR', about: 'only in rollouts that meet it, such as "reward < 0.5"' },
    metric: { kind: 'value', value: 'NAME', about: 'count hits in rollouts that pass by it and in those that fail (default: reward)' },
    'pass-mark': { kind: 'value', value: 'X', about: 'passed from here on (default: the larger value of a metric that has two, else 0.5)' },
    'max-matches': { kind: 'integer', value: 'N', about: `rollouts shown (default: 1000); all are counted`, max: limits.searchMatches },
    json: { kind: 'flag', about: 'print JSON (rollscope schema search)' },
    ...readingOptions,
  },
  async run(args, context) {
    const paths = args.operands.slice(0, -1);
    const text = args.operands.at(-1);
    if (text === undefined || paths.length === 0) throw new UsageError('Where, and for what? rollscope search PATH… PATTERN');
    if (text === '') throw new UsageError('The pattern is empty.');
    const pattern: SearchPattern = {
      text,
      regex: args.flag('regex'),
      ignoreCase: args.flag('ignore-case'),
      scopes: scopesOf(args.list('in')),
    };
    const passMark = markFrom(args.value('pass-mark'));
    const where = args.value('where');
    const filter = parseWhere(where);
    return await withDataset(paths, readingFrom(args), context, async ({ dataset, files, read }) => {
      await read();
      await checkWhere(where, dataset, context, [args.value('metric') ?? []].flat());
      const metric = metricOf(args.value('metric'), dataset);
      const names = dataset.state().files.map(({ path }) => path);
      const shown = (match: SearchMatch): SearchMatch => ({ ...match, path: files[names.indexOf(match.path)] ?? match.path });
      const matches: SearchMatch[] = [];
      const line = progressLine(context);
      const limit = args.integer('max-matches') ?? 1000;
      const totals = await marked(text, () =>
        dataset.search(
          { filter, pattern, limit, bands: metric === undefined ? undefined : { metric, passMark } },
          {
            signal: context.signal,
            onProgress: ({ matches: found, ...progress }) => {
              line.clear();
              if (args.flag('json')) matches.push(...found.map(shown));
              else for (const match of found) context.stdout.write(matchText(shown(match), context));
              line.show(jobText('Searching', progress));
            },
          },
        ),
      ).finally(() => line.clear());
      if (args.flag('json')) {
        const { text: written, ...rest } = pattern;
        const report: SearchReport = {
          pattern: written,
          ...rest,
          ...totals,
          matches: matches.map(({ path, line: number, hits, snippets }) => ({ path, line: number, hits, snippets })),
        };
        context.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      } else {
        const unread = totals.unread === 0 ? '' : `; ${plural(totals.unread, 'rollout')} too long to be searched`;
        context.stdout.write(
          `${plural(totals.hits, 'hit')} in ${countText(totals.rows)} of ${plural(totals.rowsSearched, 'rollout')}${unread}\n`,
        );
        if (totals.bands) context.stdout.write(bandsText(totals.bands));
        if (totals.rows > limit)
          context.stderr.write(`rollscope: only the first ${countText(limit)} are shown; --max-matches shows more.\n`);
      }
      return exitCodes.done;
    });
  },
});

function scopesOf(lists: readonly string[]): SearchScope[] {
  const named = lists.flatMap((list) => list.split(',').map((name) => name.trim()));
  for (const name of named) {
    if (searchScopes.some((scope) => scope === name)) continue;
    const [near] = nearestNames(name, searchScopes);
    throw new UsageError(`--in takes ${searchScopes.join(', ')}, not "${name}".${near === undefined ? '' : ` Did you mean ${near}?`}`);
  }
  return searchScopes.filter((scope) => named.length === 0 || named.includes(scope));
}

/** The column that was named, or the reward where there is one. */
function metricOf(named: string | undefined, dataset: Dataset): string | undefined {
  const names = dataset.columns().map(({ name }) => name);
  if (named === undefined) return names.includes('reward') ? 'reward' : undefined;
  if (names.includes(named)) return named;
  const [near] = nearestNames(named, names);
  throw new UsageError(`No column "${named}" for --metric.${near === undefined ? '' : ` Did you mean "${near}"?`}`);
}

function markFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const mark = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(mark)) throw new UsageError(`--pass-mark needs a number, not "${text}".`);
  return mark;
}

/** `reward ≥ 0.5: 3 of 10 rollouts; below: 1 of 20; without a number: 0 of 2` */
function bandsText({ metric, passMark, passed, failed, without }: SearchBands): string {
  const share = ({ rows, searched }: SearchBand): string => `${countText(rows)} of ${countText(searched)}`;
  const rest = without.searched === 0 ? '' : `; without a number: ${share(without)}`;
  return `${printable(metric)} ≥ ${valueText(passMark)}: ${share(passed)} rollouts; below: ${share(failed)}${rest}\n`;
}

/** `a.jsonl:12: arguments response.output[2].arguments: …{"city": "Rome"}… (3 hits)` */
function matchText({ path, line, hits, snippets }: SearchMatch, { stdout }: Context): string {
  const [open, close] = 'isTTY' in stdout && stdout.isTTY === true ? ['\u001b[1m', '\u001b[22m'] : ['', ''];
  const one = (text: string): string => printable(text).replace(/\s+/g, ' ');
  const texts = snippets.map(
    ({ scope, at, text, start, end }) =>
      `${printable(path)}:${line}: ${scope} ${printable(at)}: ${one(text.slice(0, start))}${open}${one(text.slice(start, end))}${close}${one(text.slice(end))}\n`,
  );
  return hits > snippets.length
    ? `${texts.join('')}${printable(path)}:${line}: … ${plural(hits - snippets.length, 'more hit')}\n`
    : texts.join('');
}

async function marked<T>(pattern: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof AppError && error.code === 'bad-input' ? new ExpressionError(error, pattern) : error;
  }
}
