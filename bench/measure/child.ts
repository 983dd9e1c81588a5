/** Runs one measurement in a process of its own. Bundled by bundle.ts, since it holds the engine. */
import { exportAll } from './engine-export.ts';
import { openAgain, openWhole } from './engine-open.ts';
import { readCondition, searchFor } from './engine-search.ts';
import { firstSort, interact, readRollouts } from './engine-use.ts';
import { peakBytes } from './peak-bytes.ts';
import { copySyncHash } from './peers/copy.ts';
import { queryDuckDb } from './peers/duckdb.ts';
import { countNewlines, parseLines } from './peers/plain.ts';
import { countWithRipgrep } from './peers/ripgrep.ts';

type Measurement = (...args: string[]) => Record<string, number> | Promise<Record<string, number>>;

const measurements: Readonly<Record<string, Measurement>> = {
  index: (file = '', threads = '1', scanThread = '', times = '2') => openWhole(file, Number(threads), scanThread, Number(times)),
  again: (file = '', threads = '1', scanThread = '', folder = '') => openAgain(file, Number(threads), scanThread, folder),
  interact: (file = '', threads = '1', scanThread = '') => interact(file, Number(threads), scanThread),
  sort: (file = '', threads = '1', scanThread = '') => firstSort(file, Number(threads), scanThread),
  rollout: (file = '', bytes = '0', scanThread = '') => readRollouts(file, Number(bytes), scanThread),
  export: (file = '', target = '', options = '{}', out = '', threads = '1', scanThread = '') =>
    exportAll(file, { target, options, out, threads: Number(threads), scanThread }),
  search: (file = '', pattern = '', options = '', threads = '1', scanThread = '') =>
    searchFor(file, { pattern, options: options.split(' '), threads: Number(threads), scanThread }),
  condition: (file = '', condition = '', threads = '1', scanThread = '') =>
    readCondition(file, { condition, threads: Number(threads), scanThread }),
  parse: (file = '') => parseLines(file),
  newlines: (file = '') => countNewlines(file),
  duckdb: (file = '', threads = '1') => queryDuckDb(file, Number(threads)),
  copy: (file = '', to = '') => copySyncHash(file, to),
  ripgrep: (file = '', pattern = '', ...options) => countWithRipgrep(file, pattern, options),
};

const [name = '', ...args] = process.argv.slice(2);
const measurement = Object.hasOwn(measurements, name) ? measurements[name] : undefined;
if (!measurement) throw new Error(`There is no measurement "${name}".`);
const result = await measurement(...args);
process.stdout.write(JSON.stringify({ peakBytes: peakBytes(), ...result }));
