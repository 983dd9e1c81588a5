import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Size } from '../generate/generate.ts';
import { oddityNames } from '../generate/oddities.ts';
import { writeFile } from '../generate/write.ts';
import { best, type Numbers, runChild } from './run-child.ts';
import type { Bench, MadeFile, Suite } from './suite.ts';
import type { Line } from './table.ts';

export interface Options {
  readonly suites: readonly Suite[];
  readonly bytes: number;
  readonly threads: number;
  readonly rounds: number;
  /** Files of `real` rows to take instead of a generated one. */
  readonly file?: string;
  /** The bundled child, see bundle.ts. */
  readonly child: string;
  /** The bundled scan thread of the app. */
  readonly scanThread: string;
  readonly onStep?: (text: string) => void;
}

export interface Report {
  readonly suites: readonly { readonly name: string; readonly lines: readonly Line[] }[];
}

/**
 * All peers must see the same rows: without broken UTF-8, which a script in Node reads without noticing, without NaN, which DuckDB
 * takes for a number, and without cut lines, beside which DuckDB now and then loses a whole one.
 */
const kinds = oddityNames.filter((kind) => !['utf8', 'nan', 'cut'].includes(kind));
const plan = { seed: 1, rollouts: 8, checkpoint: 0, odd: 0.01, kinds };
const form = { crlf: false, bom: false, cutEnd: false };

/** Runs the suites one after another, each on files that all its peers see too, warm in the cache, and removes the files. */
export async function measure(options: Options): Promise<Report> {
  const { suites, bytes, threads, rounds, scanThread, child, onStep = () => undefined } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-bench-'));
  const made = new Map<string, MadeFile>();
  const bench: Bench = {
    bytes,
    threads,
    rounds,
    scanThread,
    folder,
    file(size, amount = {}) {
      const wanted = amount.bytes === undefined && amount.rows === undefined ? { bytes } : amount;
      const key = `${size}-${wanted.bytes ?? ''}-${wanted.rows ?? ''}`;
      let file = made.get(key);
      if (!file) {
        onStep(`writing ${key}`);
        file = makeFile(path.join(folder, `${key}.jsonl`), size, wanted, options.file);
        made.set(key, file);
      }
      return file;
    },
    race: (runs) => race(runs, rounds, (name, args) => (onStep(name), runChild(child, args))),
  };
  try {
    const done: { name: string; lines: readonly Line[] }[] = [];
    for (const suite of suites) {
      onStep(`== ${suite.name}`);
      done.push({ name: suite.name, lines: await suite.run(bench) });
    }
    return { suites: done };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFile(file: string, size: Size, wanted: { bytes?: number; rows?: number }, given: string | undefined): MadeFile {
  if (given !== undefined && size === 'real') return { path: given, bytes: statSync(given).size, rows: Number.NaN };
  return { path: file, ...writeFile(file, { ...plan, size }, { ...form, ...wanted }) };
}

/** In turns, so that a busy minute of the machine meets all of them. */
function race<K extends string>(
  runs: Readonly<Record<K, readonly string[]>>,
  rounds: number,
  run: (name: string, args: readonly string[]) => Numbers,
): Record<K, Numbers> {
  const names = Object.keys(runs) as K[]; // the keys of a literal
  const found = new Map<K, Numbers[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) for (const name of names) found.get(name)?.push(run(name, runs[name]));
  return Object.fromEntries(names.map((name) => [name, best(found.get(name) ?? [])])) as Record<K, Numbers>;
}
