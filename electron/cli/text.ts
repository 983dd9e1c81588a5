/** Rows of cells as lines with columns two spaces apart; the columns in `right` are numbers and stand to the right. */
export function alignedLines(rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, index) => (right.has(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const upToFourDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

/** A count with separators: 12,345. */
export const countText = (value: number): string => grouped.format(value);

/** A measured value with four significant digits, or to the whole where those are more; `·` where there is none. */
export function valueText(value: number | undefined): string {
  if (value === undefined) return '·';
  if (Number.isInteger(value)) return grouped.format(value);
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-4) return value.toExponential(3);
  return (size >= 1000 ? grouped : upToFourDigits).format(value);
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size in decimal units: 1.2 MB. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`;

/** Text of a file as a terminal may show it: control characters, which could move its cursor or set its title, are made visible. */
export function printable(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, (char) => (char === '\r' ? '' : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`));
}
