import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { oddityNames } from '../generate/oddities.ts';
import { writeFile } from '../generate/write.ts';
import { bestRun, runChild, runDuckDb, type Numbers } from './run-child.ts';
import { atMost, rate, type Line } from './table.ts';

export interface Options {
  readonly bytes: number;
  readonly threads: number;
  readonly rounds: number;
  /** A file to measure instead of a generated one. */
  readonly file?: string;
  /** The bundled child, see bundle.ts. */
  readonly child: string;
  /** The bundled scan thread of the app; without it the engine scans on one thread. */
  readonly scanThread: string;
  readonly onStep?: (text: string) => void;
}

export interface Report {
  readonly bytes: number;
  readonly rows: number;
  readonly threads: number;
  readonly lines: readonly Line[];
}

/** Without broken UTF-8, which a script in Node reads without noticing: all must see the same rows. */
const kinds = oddityNames.filter((kind) => kind !== 'utf8');
const plan = { seed: 1, rollouts: 8, checkpoint: 0, odd: 0.01, kinds };
const form = { crlf: false, bom: false, cutEnd: false };
const tinyShare = 8;

/** Writes its files, measures them in one run, and removes them. All peers see the same file, warm in the cache. */
export function measure(options: Options): Report {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-bench-'));
  try {
    const step = options.onStep ?? (() => undefined);
    const real = options.file ?? path.join(folder, 'real.jsonl');
    const tiny = path.join(folder, 'tiny.jsonl');
    step('writing the files');
    if (options.file === undefined) writeFile(real, { ...plan, size: 'real' }, { ...form, bytes: options.bytes });
    writeFile(tiny, { ...plan, size: 'tiny' }, { ...form, bytes: Math.ceil(options.bytes / tinyShare) });
    return report(options, real, tiny, step);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(options: Options, real: string, tiny: string, step: (text: string) => void): Report {
  const { child, scanThread, threads, rounds } = options;
  const bytes = statSync(real).size;
  const tinyBytes = statSync(tiny).size;
  const run = (text: string, ...args: string[]): Numbers => {
    step(text);
    return bestRun(rounds, () => runChild(child, args));
  };
  const newlines = run('read and count newlines', 'newlines', real);
  const parsed = run('JSON.parse per line', 'parse', real);
  const one = run('index, 1 thread', 'index', real, '1', scanThread);
  const many = run(`index, ${threads} threads`, 'index', real, String(threads), scanThread);
  const tinyParsed = run('JSON.parse per line, tiny rows', 'parse', tiny);
  const tinyOne = run('index, tiny rows, 1 thread', 'index', tiny, '1', scanThread);
  const used = run('interaction', 'interact', real, String(threads), scanThread);
  step('DuckDB');
  const duckOne = runDuckDb(real, 1);
  const duckMany = runDuckDb(real, threads);

  const seconds = (of: Numbers): number => of['seconds'] ?? Infinity;
  const peer = (name: string, of: Numbers): { name: string; seconds: number } => ({ name, seconds: seconds(of) });
  const { rows = 0, cells = 0, peakBytes = 0, firstRowsMs = 0 } = many;
  if (parsed['rows'] !== rows || one['rows'] !== rows)
    throw new Error(`The measurements disagree: ${parsed['rows']} rows parsed, ${rows} indexed.`);
  const memoryLimit = 250 + (64 * rows + 9 * cells) / 1e6;
  return {
    bytes,
    rows,
    threads,
    lines: [
      rate('index, 1 thread', bytes, seconds(one), peer('JSON.parse per line', parsed)),
      ...(duckOne === null ? [] : [rate('index, 1 thread', bytes, seconds(one), peer('DuckDB, 5 columns', duckOne))]),
      rate(`index, ${threads} threads`, bytes, seconds(many), peer('JSON.parse per line', parsed)),
      ...(duckMany === null ? [] : [rate(`index, ${threads} threads`, bytes, seconds(many), peer('DuckDB, 5 columns', duckMany))]),
      rate('index, 1 thread', bytes, seconds(one), peer('read, count newlines', newlines)),
      rate('index of tiny rows, 1 thread', tinyBytes, seconds(tinyOne), peer('JSON.parse per line', tinyParsed)),
      atMost('first rows after open', firstRowsMs, 'ms', 200),
      atMost('peak memory of the process', peakBytes / 1e6, 'MB', memoryLimit),
      atMost('a brush moves: counts, page', used['brushMs'] ?? 0, 'ms', 16),
      atMost('filter: page, histogram, counts', used['filterMs'] ?? 0, 'ms', 16),
      atMost('sort by one column', used['sortMs'] ?? 0, 'ms', 300),
      atMost('read one rollout', used['rolloutMs'] ?? 0, 'ms', 30),
    ],
  };
}
