import { type Bench, type MadeFile, mustEqual, seconds, type Suite } from '../suite.ts';
import type { Numbers } from '../run-child.ts';
import { atMost, type Line, rate } from '../table.ts';

/** What the engine and DuckDB must agree on, besides sums of fractions. */
const counts = ['rewards', 'tasks', 'taskSum', 'rolloutSum', 'agents', 'statuses'] as const;

export const scan: Suite = {
  name: 'scan',
  about: 'the whole index of real rows, every byte validated, against DuckDB, JSON.parse and reading alone',
  run: (bench) => measureScan(bench, bench.file('real'), { duckOne: 2, duckMany: 2, parse: 3 }),
};

export const shapes: Suite = {
  name: 'shapes',
  about: 'the same on small rows',
  run: (bench) => {
    const tiny = bench.file('tiny', { bytes: Math.ceil(bench.bytes / 8) });
    const small = bench.file('small', { bytes: Math.ceil(bench.bytes / 4) });
    return [
      ...measureScan(bench, tiny, { duckOne: 1, duckMany: 1, parse: 1 }).map((line) => named(line, 'rows of 130 bytes')),
      ...measureScan(bench, small, { duckOne: 1, duckMany: 1, parse: 1 }).map((line) => named(line, 'rows of 4 kB')),
    ];
  },
};

const named = (line: Line, shape: string): Line => ({ ...line, name: `${shape}: ${line.name}` });

function measureScan(
  { threads, scanThread, race }: Bench,
  { path, bytes }: MadeFile,
  wanted: { readonly duckOne: number; readonly duckMany: number; readonly parse: number },
): Line[] {
  const many = String(threads);
  const found = race({
    one: ['index', path, '1', scanThread],
    duckOne: ['duckdb', path, '1'],
    many: ['index', path, many, scanThread],
    duckMany: ['duckdb', path, many],
    parse: ['parse', path],
    newlines: ['newlines', path],
    memory: ['index', path, many, scanThread, '1'],
  });
  checkAnswers(found.many, found.duckMany, found.parse);
  const { rows = 0, cells = 0, firstRowsMs = 0 } = found.memory;
  return [
    rate('index, 1 thread', bytes, seconds(found.one), {
      name: 'DuckDB, 5 columns',
      seconds: seconds(found.duckOne),
      wanted: wanted.duckOne,
    }),
    rate(`index, ${many} threads`, bytes, seconds(found.many), {
      name: 'DuckDB, 5 columns',
      seconds: seconds(found.duckMany),
      wanted: wanted.duckMany,
    }),
    rate('index, 1 thread', bytes, seconds(found.one), {
      name: 'JSON.parse per line',
      seconds: seconds(found.parse),
      wanted: wanted.parse,
    }),
    rate('index, 1 thread', bytes, seconds(found.one), { name: 'read, count newlines', seconds: seconds(found.newlines) }),
    ...hashLines(bytes, found.one['hashSeconds'] ?? 0, seconds(found.parse)),
    atMost('first rows after open', firstRowsMs, 'ms', 200),
    atMost('peak memory of the process', (found.memory['peakBytes'] ?? 0) / 1e6, 'MB', 250 + (64 * rows + 9 * cells) / 1e6),
  ];
}

/** Of small files hashes are taken at once. */
function hashLines(bytes: number, hashSeconds: number, parseSeconds: number): Line[] {
  if (hashSeconds < 0.01) return [];
  return [rate('hashes, when first needed, 1 thread', bytes, hashSeconds, { name: 'JSON.parse per line', seconds: parseSeconds })];
}

/** The engine's answers equal DuckDB's, and its rows are those of JSON.parse. */
export function checkAnswers(ours: Numbers, duck: Numbers, parsed: Numbers): void {
  mustEqual('rows', ours['rows'], parsed['rows']);
  for (const count of counts) mustEqual(count, ours[count], duck[count]);
  const [sum = 0, theirs = 0] = [ours['rewardSum'], duck['rewardSum']];
  if (Math.abs(sum - theirs) > 1e-9 * Math.max(1, Math.abs(theirs))) throw new Error(`rewards add up to ${sum}, by DuckDB to ${theirs}`);
}
