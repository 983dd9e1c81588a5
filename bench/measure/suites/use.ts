import { seconds, type Suite } from '../suite.ts';
import { atMost, type Line } from '../table.ts';

const rowCounts = [
  { rows: 200_000, brushMs: 16 },
  { rows: 1_000_000, brushMs: 50 },
];

/** What answers while someone works: filters, sorts, rollouts. */
export const use: Suite = {
  name: 'use',
  about: 'brush, filter, sort, open a rollout',
  run({ bytes, threads, scanThread, race, file }) {
    const lines: Line[] = [];
    const fitting = rowCounts.filter((each) => each.rows * 130 <= bytes * 0.4);
    for (const { rows, brushMs } of fitting.length > 0 ? fitting : [{ rows: Math.floor((bytes * 0.4) / 130), brushMs: 16 }]) {
      const { path } = file('tiny', { rows });
      const found = race({ use: ['interact', path, String(threads), scanThread], sort: ['sort', path, String(threads), scanThread] });
      const of = `${rows.toLocaleString('en-US')} rows`;
      lines.push(
        atMost(`${of}: a draft moves (counts, page)`, found.use['brushMs'] ?? 0, 'ms', brushMs),
        atMost(`${of}: a filter moves (page, ${found.use['histograms']} histograms, counts)`, found.use['filterMs'] ?? 0, 'ms', brushMs),
        atMost(`${of}: sort by one column, the first time`, seconds(found.sort) * 1000, 'ms', 300),
        atMost(`${of}: sort by one column, filter moved`, found.use['sortMs'] ?? 0, 'ms', 300),
      );
    }
    const real = file('real').path;
    const found = race({ small: ['rollout', real, '20000', scanThread], large: ['rollout', real, '400000', scanThread] });
    const kilobytes = (bytesOf: number | undefined): string => `${Math.round((bytesOf ?? 0) / 1000)} kB`;
    lines.push(
      atMost(`open a rollout of ${kilobytes(found.small['bytes'])}`, seconds(found.small) * 1000, 'ms', 30),
      atMost(`open a rollout of ${kilobytes(found.large['bytes'])}`, seconds(found.large) * 1000, 'ms', 100),
    );
    return lines;
  },
};
