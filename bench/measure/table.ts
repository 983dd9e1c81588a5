/** One line of the report. `ratio` is figure over peer where both are rates, else peer over figure: above 1 is better than the peer. */
export interface Line {
  readonly name: string;
  readonly figure: number;
  readonly unit: 'MB/s' | 'ms' | 'MB';
  readonly peer?: { readonly name: string; readonly value: number; readonly ratio: number };
}

export function rate(name: string, bytes: number, seconds: number, peer?: { name: string; seconds: number }): Line {
  const figure = bytes / 1e6 / seconds;
  if (peer === undefined) return { name, figure, unit: 'MB/s' };
  const value = bytes / 1e6 / peer.seconds;
  return { name, figure, unit: 'MB/s', peer: { name: peer.name, value, ratio: figure / value } };
}

/** A time or an amount of memory against what it may be at most. */
export function atMost(name: string, figure: number, unit: 'ms' | 'MB', limit?: number): Line {
  return limit === undefined
    ? { name, figure, unit }
    : { name, figure, unit, peer: { name: 'target', value: limit, ratio: limit / figure } };
}

export function table(lines: readonly Line[]): string {
  const cells = lines.map(({ name, figure, unit, peer }) => [
    name,
    `${round(figure)} ${unit}`,
    peer?.name ?? '',
    peer === undefined ? '' : `${round(peer.value)} ${unit}`,
    peer === undefined ? '' : `${peer.ratio.toFixed(2)}×`,
  ]);
  const rows = [['', 'figure', 'peer', '', 'ratio'], ...cells];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const left = new Set([0, 2]);
  return rows
    .map((row) =>
      row
        .map((cell, column) => (left.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
