import { createEngine, type Dataset, type Engine } from '../../electron/engine/index.ts';

function start(threads: number, scanThread: string): Engine {
  return createEngine({ threads, version: 'bench', ...(scanThread === '' ? {} : { scanThread }) });
}

/** Opens a file and waits for the whole index. `firstRowsMs`: until a page with rows could be had. */
export async function openWhole(file: string, threads: number, scanThread: string): Promise<Record<string, number>> {
  const engine = start(threads, scanThread);
  const started = performance.now();
  const dataset = await engine.open([file]);
  let firstRowsMs = 0;
  const noteFirstRows = (): void => {
    if (firstRowsMs === 0 && firstPage(dataset) > 0) firstRowsMs = performance.now() - started;
  };
  noteFirstRows();
  const state = await dataset.watch({ onProgress: noteFirstRows });
  const seconds = (performance.now() - started) / 1000;
  noteFirstRows();
  const columns = dataset.columns();
  const cells = columns.reduce((sum, column) => sum + column.present, 0);
  await engine.close();
  return { seconds, firstRowsMs, rows: state.rows, invalidLines: state.invalidLines, columns: columns.length, cells };
}

function firstPage(dataset: Dataset): number {
  return dataset.page({ query: { filter: [], sort: [] }, draft: [], range: { start: 0, end: 40 }, columns: ['line', 'reward'] }).rows
    .length;
}

/** What a user does with an open file, each the best of a few times, in milliseconds. */
export async function interact(file: string, threads: number, scanThread: string): Promise<Record<string, number>> {
  const engine = start(threads, scanThread);
  const dataset = await engine.open([file]);
  const { rows } = await dataset.watch();
  const columns = ['line', 'task', 'agent', 'reward', 'turns', 'tokens'];
  // A draft that was never asked for: answers are remembered.
  let moved = 0;
  const draft = (): string[] => [`reward >= ${(moved += 1e-7).toFixed(7)}`];
  const result = {
    rows,
    brushMs: best(5, () => {
      const now = draft();
      dataset.summary({ filter: [], draft: now, metric: 'reward' });
      dataset.page({ query: { filter: [], sort: [] }, draft: now, range: { start: 0, end: 60 }, columns });
    }),
    filterMs: best(5, () => {
      const filter = draft();
      dataset.page({ query: { filter, sort: [] }, draft: [], range: { start: 0, end: 60 }, columns });
      dataset.histogram({ filter, column: 'reward', binning: { kind: 'auto' } });
      dataset.summary({ filter, draft: [], metric: 'reward' });
    }),
    sortMs: best(3, () =>
      dataset.page({
        query: { filter: draft(), sort: [{ column: 'tokens', descending: true }] },
        draft: [],
        range: { start: 0, end: 60 },
        columns,
      }),
    ),
    rolloutMs: best(5, () => dataset.rollout(Math.floor(Math.random() * rows), 'reward')),
  };
  await engine.close();
  return result;
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
