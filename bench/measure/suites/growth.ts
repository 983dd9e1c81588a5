import { type Bench, seconds, type Suite } from '../suite.ts';
import { atMost, type Line } from '../table.ts';

const shares = [0.1, 0.5, 1, 4];
const rowCounts = [1000, 100_000, 1_000_000, 5_000_000];
/** Up to this many bytes the cost of starting counts for more than that of a byte. */
const smallest = 20e6;

/** `bytes` stands for 1 GB: a shorter run takes smaller files of the same proportions. */
export const growth: Suite = {
  name: 'growth',
  about: 'time for a GB, and for a row, of ever larger files; memory as they grow',
  run: (bench) => [...growBytes(bench), ...growRows(bench)],
};

function growBytes({ bytes, threads, scanThread, race, file }: Bench): Line[] {
  const found = shares
    .map((share) => Math.round(share * bytes))
    .filter((size) => size >= Math.min(smallest, bytes))
    .map((size) => {
      const made = file('real', { bytes: size });
      const { run } = race({ run: ['index', made.path, String(threads), scanThread, '1'] });
      return { size, msPerGb: (seconds(run) * 1e12) / made.bytes, run };
    });
  const base = found.find(({ size }) => size === Math.round(0.5 * bytes)) ?? found[0];
  return found.flatMap(({ size, msPerGb, run }) => [
    {
      ...atMost(`${label(size)} of real rows, for a GB`, msPerGb, 'ms', (base?.msPerGb ?? msPerGb) * 1.2),
      note: 'target: 1.2× that of half the size',
    },
    atMost(`${label(size)} of real rows, peak memory`, (run['peakBytes'] ?? 0) / 1e6, 'MB', memoryTarget(run)),
  ]);
}

function growRows({ bytes, threads, scanThread, race, file }: Bench): Line[] {
  const found = rowCounts
    .filter((rows) => rows * 130 <= bytes * 0.7)
    .map((rows) => {
      const { run } = race({ run: ['index', file('tiny', { rows }).path, String(threads), scanThread, '1'] });
      return { rows, perRow: (seconds(run) * 1e6) / rows, run };
    });
  const base = found.find(({ rows }) => rows >= 100_000) ?? found[0];
  return found.flatMap(({ rows, perRow, run }) => [
    {
      ...atMost(`${rows.toLocaleString('en-US')} rows of 130 bytes, a row`, perRow, 'µs/row', (base?.perRow ?? perRow) * 1.2),
      note: 'target: 1.2× that of 100,000 rows',
    },
    atMost(`${rows.toLocaleString('en-US')} rows of 130 bytes, peak memory`, (run['peakBytes'] ?? 0) / 1e6, 'MB', memoryTarget(run)),
  ]);
}

const memoryTarget = ({ rows = 0, cells = 0 }: Record<string, number>): number => 250 + (64 * rows + 9 * cells) / 1e6;
const label = (bytes: number): string => (bytes >= 1e9 ? `${bytes / 1e9} GB` : `${Math.round(bytes / 1e6)} MB`);
