/** A number as written: sign, digits without leading zeros, and the power of ten of the first digit. */
interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: number;
}

/** Compares two numbers in JSON's notation by their exact values: negative, zero or positive as a - b. */
export function compareDecimals(a: string, b: string): number {
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  if (x.sign !== y.sign || x.sign === 0) return x.sign - y.sign;
  const magnitude = x.exponent - y.exponent || (x.digits === y.digits ? 0 : x.digits < y.digits ? -1 : 1);
  return magnitude * x.sign;
}

function parseDecimal(text: string): Decimal {
  const [, minus, whole = '', fraction = '', power = '0'] = /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const all = whole + fraction;
  const leading = /^0*/.exec(all)?.[0].length ?? 0;
  const digits = all.slice(leading).replace(/0+$/, '');
  if (digits === '') return { sign: 0, digits, exponent: 0 };
  return { sign: minus ? -1 : 1, digits, exponent: Number(power) + whole.length - leading };
}

/** Whether float64 cannot tell this number from its neighbours: an integer from 2^53 on, or one that overflows. */
export function isBeyondFloat(value: number): boolean {
  return Math.abs(value) >= 2 ** 53;
}

/** Whether float64 cannot hold a number as it is written: an integer beyond 2^53 that it rounds, or one that overflows. */
export function isInexact(text: string): boolean {
  const value = Number(text);
  return !Number.isFinite(value) || (isBeyondFloat(value) && compareDecimals(text, String(value)) !== 0);
}
