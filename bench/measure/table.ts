export type Unit = 'MB/s' | 'ms' | 'MB' | 'µs/row' | '';

/** One line of the report. `ratio` above 1 is better than the peer, or within the target. */
export interface Line {
  readonly name: string;
  readonly figure: number;
  readonly unit: Unit;
  readonly peer?: { readonly name: string; readonly value: number; readonly ratio: number };
  /** The ratio to reach, where it is not 1. */
  readonly wanted?: number;
  /** Why there is no peer, or what else must be known. */
  readonly note?: string;
}

interface Peer {
  readonly name: string;
  readonly seconds: number;
  readonly wanted?: number;
}

/** Bytes in a time, against a peer doing its work on the same bytes. */
export function rate(name: string, bytes: number, seconds: number, peer?: Peer): Line {
  const figure = bytes / 1e6 / seconds;
  if (peer === undefined) return { name, figure, unit: 'MB/s' };
  const value = bytes / 1e6 / peer.seconds;
  const line: Line = { name, figure, unit: 'MB/s', peer: { name: peer.name, value, ratio: figure / value } };
  return peer.wanted === undefined ? line : { ...line, wanted: peer.wanted };
}

/** A time or an amount of memory against what it may be at most. */
export function atMost(name: string, figure: number, unit: Unit, limit?: number): Line {
  return limit === undefined
    ? { name, figure, unit }
    : { name, figure, unit, peer: { name: 'target', value: limit, ratio: limit / figure } };
}

export function table(lines: readonly Line[]): string {
  const cells = lines.map(({ name, figure, unit, peer, wanted, note }) => [
    name,
    `${round(figure)} ${unit}`,
    peer?.name ?? '',
    peer === undefined ? '' : `${round(peer.value)} ${unit}`,
    peer === undefined ? '' : `${peer.ratio.toFixed(2)}×`,
    wanted === undefined ? '' : `${wanted}×`,
    note ?? '',
  ]);
  const rows = [['', 'figure', 'peer', '', 'ratio', 'wanted', ''], ...cells];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const left = new Set([0, 2, 6]);
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
