/** How numbers are written on screen. The exact value belongs into a title; text of a conversation is never touched. */

const minus = '\u2212';
const thousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const threeDecimals = new Intl.NumberFormat('en-US', { minimumFractionDigits: 3, maximumFractionDigits: 3, useGrouping: false });

/** A count: `201,280`. */
export function formatCount(count: number): string {
  return withMinus(thousands.format(count));
}

/**
 * A measured value: three decimals below 100 in size, four significant digits beyond or where three decimals would show
 * nothing (`2.497e−16`, `0.00004`); integers stay integers.
 */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return withMinus(String(value));
  const size = Math.abs(value);
  if (size >= 1e7 || (size > 0 && size < 0.001)) return formatPower(value);
  if (Number.isInteger(value)) return formatCount(value);
  if (size < 10) return withMinus(threeDecimals.format(value));
  const digits = Math.max(4, integerDigits(size));
  return withMinus(value.toLocaleString('en-US', { minimumSignificantDigits: digits, maximumSignificantDigits: digits }));
}

/** Four significant digits, few where the exponent has three: its end is what must not be cut off. */
function formatPower(value: number): string {
  const size = Math.abs(value);
  return withMinus(trimExponent(value.toPrecision(size >= 1e100 ? 2 : size < 1e-99 ? 1 : 4)));
}

/** A reward or score, whose column lines up at the point: always three decimals where they can show it. */
export function formatScore(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 10 ? withMinus(value.toFixed(3)) : formatValue(value);
}

/** An axis tick or bound: as short as it can be told apart. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000 || (size >= 1000 && size % 100 === 0)) return formatCompact(value);
  return withMinus(String(Number(value.toPrecision(4))));
}

/** A bound that someone set: every digit of it, integers with their thousands. */
export function formatExact(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? formatCount(value) : withMinus(String(value));
}

/** `362.3M`, `10k`; `1.5e308` where there is no such word. */
export function formatCompact(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15) return withMinus(trimExponent(value.toExponential(3)));
  for (const [unit, scale] of [
    ['T', 1e12],
    ['B', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const) {
    if (size >= scale) return withMinus(`${Number((value / scale).toPrecision(4))}${unit}`);
  }
  return formatValue(value);
}

/** `54%`; `<1%` and `>99%` rather than a rounded lie; `–` of nothing. */
export function formatPercent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (100 * part) / whole;
  if (percent > 0 && percent < 1) return '<1%';
  if (percent > 99 && percent < 100) return '>99%';
  return `${Math.round(percent)}%`;
}

/** Decimal units, as disks and clouds count: `4.30 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${Number(value.toPrecision(3)).toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${units[unit] ?? ''}`;
}

/** `340 ms`, `1.9 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `just now`, `2 h ago`, `yesterday`, then the date. */
export function formatAgo(then: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (Number.isNaN(minutes)) return '';
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days === 0) return `${Math.floor(minutes / 60)} h ago`;
  if (days === 1) return 'yesterday';
  const sameYear = then.getFullYear() === now.getFullYear();
  return then.toLocaleDateString('en-US', { month: 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** One form for one, another for all else: `1 rollout`, `2 rollouts`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Reads a number as people type it, with either minus and with thousands separators; null if it is none. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replaceAll(minus, '-').replaceAll(',', '');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function integerDigits(size: number): number {
  return Math.floor(Math.log10(size)) + 1;
}

function trimExponent(text: string): string {
  const [digits = '', exponent] = text.split('e');
  const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  return exponent === undefined ? short : `${short}e${exponent.replace('+', '')}`;
}

function withMinus(text: string): string {
  return text.replaceAll('-', minus);
}
