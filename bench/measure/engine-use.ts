import { startEngine } from './engine-open.ts';

const columns = ['line', 'task', 'agent', 'reward', 'turns', 'tokens'];
const shown = ['reward', 'turns', 'tokens', 'tools', 'usage.total_tokens', 'rollout'];

/** What a user does with an open file, each the best of a few times, in milliseconds. */
export async function interact(file: string, threads: number, scanThread: string): Promise<Record<string, number>> {
  const engine = startEngine(threads, scanThread);
  const dataset = await engine.open([file]);
  const { rows } = await dataset.watch();
  const known = dataset.columns().filter(({ kind }) => kind === 'number');
  const histograms = shown.filter((name) => known.some((column) => column.name === name));
  // A draft that was never asked for: answers are remembered.
  let moved = 0;
  const draft = (): string[] => [`reward >= ${(moved += 1e-7).toFixed(7)}`];
  const page = (filter: string[], kept: string[], sort: { column: string; descending: boolean }[] = []): void => {
    dataset.page({ query: { filter, sort }, draft: kept, range: { start: 0, end: 60 }, columns });
  };
  const result = {
    rows,
    histograms: histograms.length,
    seconds: 0,
    brushMs: best(7, () => {
      const now = draft();
      dataset.summary({ filter: [], draft: now, metric: 'reward' });
      page([], now);
    }),
    filterMs: best(7, () => {
      const filter = draft();
      page(filter, []);
      for (const column of histograms) dataset.histogram({ filter, column, binning: { kind: 'auto' } });
      dataset.summary({ filter, draft: [], metric: 'reward' });
    }),
    sortMs: best(3, () => page(draft(), [], [{ column: histograms.includes('tokens') ? 'tokens' : 'rollout', descending: true }])),
  };
  await engine.close();
  return result;
}

/** Sorting by a column for the first time, in a fresh process. */
export async function firstSort(file: string, threads: number, scanThread: string): Promise<Record<string, number>> {
  const engine = startEngine(threads, scanThread);
  const dataset = await engine.open([file]);
  const { rows } = await dataset.watch();
  const started = performance.now();
  dataset.page({ query: { filter: [], sort: [{ column: 'reward', descending: true }] }, draft: [], range: { start: 0, end: 60 }, columns });
  const seconds = (performance.now() - started) / 1000;
  await engine.close();
  return { rows, seconds };
}

/** Reads some rollouts of about a size, as the reader does, each for the first time; the worst of them. */
export async function readRollouts(file: string, aboutBytes: number, scanThread: string): Promise<Record<string, number>> {
  const engine = startEngine(1, scanThread);
  const dataset = await engine.open([file]);
  const { lines } = await dataset.watch();
  const sizes = Array.from({ length: lines }, (_, row) => ({ row, bytes: dataset.raw(row, { start: 0, end: 0 }).bytes }));
  sizes.sort((a, b) => Math.abs(a.bytes - aboutBytes) - Math.abs(b.bytes - aboutBytes));
  const times: number[] = [];
  for (const { row } of sizes.slice(0, 5)) {
    const started = performance.now();
    dataset.rollout(row, 'reward');
    times.push((performance.now() - started) / 1000);
  }
  await engine.close();
  return { bytes: sizes[0]?.bytes ?? 0, seconds: Math.max(...times.slice(1)) };
}

function best(times: number, action: () => unknown): number {
  let least = Infinity;
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    action();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}
