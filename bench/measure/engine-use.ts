import { startEngine } from './engine-open.ts';

const columns = ['line', 'task', 'agent', 'reward', 'turns', 'tokens'];
const shown = ['reward', 'turns', 'tokens', 'tools', 'usage.total_tokens', 'rollout', 'steps', 'elapsed_ms'];

/** What a user does with an open file, the median of each, in milliseconds. */
export async function interact(file: string, threads: number, scanThread: string): Promise<Record<string, number>> {
  const engine = startEngine(threads, scanThread);
  const dataset = await engine.open([file]);
  const { rows } = await dataset.watch();
  const known = dataset.columns().filter(({ kind }) => kind === 'number');
  const histograms = shown.filter((name) => known.some((column) => column.name === name));
  // A handle drawn to and fro over a metric of many values: each step is a condition that was never asked for, and moves rows.
  let step = 0;
  const draft = (): string[] => [`elapsed_ms >= ${(45_000 - 44_000 * Math.cos((step++ / dragSteps) * 4 * Math.PI)).toFixed(3)}`];
  const page = (filter: string[], kept: string[], sort: { column: string; descending: boolean }[] = []): void => {
    dataset.page({ query: { filter, sort }, draft: kept, range: { start: 0, end: 60 }, columns });
  };
  const result = {
    rows,
    histograms: histograms.length,
    seconds: 0,
    brushMs: middle(dragSteps, () => {
      const now = draft();
      dataset.summary({ filter: [], draft: now, metric: 'elapsed_ms' });
      page([], now);
    }),
    filterMs: middle(dragSteps, () => {
      const filter = draft();
      page(filter, []);
      for (const column of histograms) dataset.histogram({ filter, column, binning: { kind: 'auto' } });
      dataset.summary({ filter, draft: [], metric: 'elapsed_ms' });
    }),
    sortMs: middle(5, () => page(draft(), [], [{ column: histograms.includes('tokens') ? 'tokens' : 'rollout', descending: true }])),
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

/** Of a drag over all values, twice to and fro. */
const dragSteps = 120;

/** What one of so many actions takes in the middle, in ms. */
function middle(times: number, action: () => unknown): number {
  const taken = Array.from({ length: times }, () => {
    const started = performance.now();
    action();
    return performance.now() - started;
  });
  return taken.sort((a, b) => a - b)[times >> 1] ?? Number.NaN;
}
