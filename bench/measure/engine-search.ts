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
