import type {
  BandsRequest,
  SearchBand,
  SearchBands,
  SearchMatch,
  SearchPattern,
  SearchProgress,
  SearchSnippet,
  SearchTotals,
} from '#shared/model/search.ts';
import type { FakeRow } from './rows.ts';
import type { FakeDataset } from './fake-dataset.ts';

interface FakeSearchInput {
  readonly filter: readonly string[];
  readonly pattern: SearchPattern;
  readonly limit: number;
  readonly bands?: BandsRequest | undefined;
}

/** Searches the prompts and answers of made-up rows; reports them in two parts, as a real search does in many. */
export async function fakeSearch(
  dataset: FakeDataset,
  { filter, pattern, limit, bands: by }: FakeSearchInput,
  { progress, signal }: { progress: (report: SearchProgress) => void; signal: AbortSignal },
): Promise<SearchTotals> {
  const rows = dataset.select(filter);
  const source = pattern.regex ? pattern.text : pattern.text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const regex = new RegExp(source, pattern.ignoreCase ? 'gi' : 'g');
  const matches = rows.flatMap((row): SearchMatch[] => {
    const texts = pattern.scopes.includes('messages') ? [String(row.prompt), String(row.answer)] : [];
    const snippets = texts.flatMap((text, index) =>
      [...text.matchAll(regex)].map((found): SearchSnippet => ({
        scope: 'messages',
        at: index === 0 ? 'responses_create_params.input[1].content' : 'response.output[2].content[0].text',
        text,
        start: found.index,
        end: found.index + found[0].length,
      })),
    );
    return snippets.length === 0
      ? []
      : [{ row: Number(row.line) - 1, path: 'made.jsonl', line: Number(row.line), hits: snippets.length, snippets: snippets.slice(0, 3) }];
  });
  const bands = by && countBands(rows, matches, by);
  const shown = matches.slice(0, limit);
  const half = Math.ceil(shown.length / 2);
  for (const part of [shown.slice(0, half), shown.slice(half)]) {
    await Promise.resolve();
    if (signal.aborted) break;
    progress({ bytesDone: 1, bytesTotal: 2, bytesPerSecond: 1, matches: part, ...(bands && { bands }) });
  }
  return {
    rowsSearched: rows.length,
    rows: matches.length,
    hits: matches.reduce((sum, { hits }) => sum + hits, 0),
    unread: 0,
    ...(bands && { bands }),
  };
}

/** Passed, failed and without, one row at a time. */
function countBands(rows: readonly FakeRow[], matches: readonly SearchMatch[], { metric, passMark = 0.5 }: BandsRequest): SearchBands {
  const hits = new Map(matches.map((match) => [match.row, match.hits]));
  const bandOf = (keeps: (value: unknown) => boolean): SearchBand => {
    const inside = rows.filter((row) => keeps(row[metric]));
    const found = inside.flatMap((row) => hits.get(Number(row['line']) - 1) ?? []);
    return { searched: inside.length, rows: found.length, hits: found.reduce((sum, count) => sum + count, 0) };
  };
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  return {
    metric,
    passMark,
    passed: bandOf((value) => isNumber(value) && value >= passMark),
    failed: bandOf((value) => isNumber(value) && value < passMark),
    without: bandOf((value) => !isNumber(value)),
  };
}
