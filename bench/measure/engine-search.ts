import { searchScopes } from '#shared/model/search.ts';
import { startEngine } from './engine-open.ts';

/** Searches every rollout of an open file, a few times; the best. `options` as ripgrep has them. */
export async function searchFor(
  file: string,
  { pattern: text, options, threads, scanThread }: { pattern: string; options: readonly string[]; threads: number; scanThread: string },
): Promise<Record<string, number>> {
  const engine = startEngine(threads, scanThread);
  const dataset = await engine.open([file]);
  await dataset.watch();
  const pattern = {
    text,
    regex: !options.includes('--fixed-strings'),
    ignoreCase: options.includes('--ignore-case'),
    scopes: [...searchScopes],
  };
  let seconds = Infinity;
  let found = { rows: 0, hits: 0 };
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    found = await dataset.search({ filter: [], pattern, limit: 100 });
    seconds = Math.min(seconds, (performance.now() - started) / 1000);
  }
  await engine.close();
  return { seconds, rows: found.rows, hits: found.hits };
}

/** Reads from the lines of an open file what a condition asks of them, its threads running. */
export async function readCondition(
  file: string,
  { condition, threads, scanThread }: { condition: string; threads: number; scanThread: string },
): Promise<Record<string, number>> {
  const engine = startEngine(threads, scanThread);
  const dataset = await engine.open([file]);
  await dataset.watch();
  await dataset.prepare({ filter: ['text ~ "nobody writes this"'] });
  const started = performance.now();
  await dataset.prepare({ filter: [condition] });
  const seconds = (performance.now() - started) / 1000;
  const rows = dataset.page({
    query: { filter: [condition], sort: [] },
    draft: [],
    range: { start: 0, end: 1 },
    columns: [],
  }).total;
  await engine.close();
  return { seconds, rows };
}
