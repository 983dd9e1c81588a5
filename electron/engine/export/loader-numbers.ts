import { JsonNumber } from '#shared/model/json.ts';

/**
 * Numbers as Hugging Face `datasets` reads them. It decodes JSON with ujson in its quick mode (pandas ultrajsondec.c), which takes
 * whole numbers of 64 bits, at most 15 decimals, and multiplies by a power of ten of its own: more decimals are cut off, a longer
 * whole part fails the row, and a power that is no float64 gives 0, infinity or NaN.
 */

const above = 2n ** 64n;
const below = -(2n ** 63n);
const wholeDigits = 18;
const decimals = 15;
const powers = 290;
/** Below it the power of ten that a number is multiplied by has lost digits. */
const smallest = 1e-305;

/**
 * The value with numbers written so that each is read as the float64 it is, to the 16th digit. Whole numbers beyond 64 bits become
 * texts: one of them makes `datasets` fill every message of the file with nulls (JSON lines) or fail (Parquet).
 */
export function withReadableNumbers(value: unknown): unknown {
  return holdsAny(value, isUnreadable) ? rewritten(value) : value;
}

/** Whether a number anywhere in the value is so near to zero that `datasets` reads another one, however it is written. */
export function holdsTinyNumber(value: unknown): boolean {
  return holdsAny(value, (text) => {
    const size = Math.abs(Number(text));
    return size > 0 && size < smallest;
  });
}

function holdsAny(value: unknown, found: (text: string) => boolean): boolean {
  if (value instanceof JsonNumber) return found(value.text);
  if (typeof value === 'number') return found(String(value));
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((each) => holdsAny(each, found));
  for (const key in value) if (Object.hasOwn(value, key) && holdsAny(Reflect.get(value, key), found)) return true;
  return false;
}

function rewritten(value: unknown): unknown {
  if (value instanceof JsonNumber || typeof value === 'number') return readable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rewritten);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rewritten(each)]));
}

function readable(value: number | JsonNumber): unknown {
  const text = value instanceof JsonNumber ? value.text : String(value);
  if (!isUnreadable(text)) return value;
  return isWhole(text) ? text : new JsonNumber(shifted(Number(text)));
}

const parts = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

function isUnreadable(text: string): boolean {
  if (text.length <= decimals && !/[eE]/.test(text)) return false;
  if (isWhole(text)) return text.length > wholeDigits && isHuge(text);
  const [, whole = '', fraction = '', exponent = '0'] = parts.exec(text) ?? [];
  return whole.length > wholeDigits || fraction.length > decimals || Math.abs(Number(exponent)) > powers;
}

function isWhole(text: string): boolean {
  return /^-?\d+$/.test(text);
}

function isHuge(text: string): boolean {
  const number = BigInt(text);
  return number >= above || number < below;
}

/** Two digits before the point, so that all 17 are read: 1.2345678901234567e-7 → 12.345678901234567e-8. */
function shifted(number: number): string {
  const sign = Object.is(number, -0) || number < 0 ? '-' : '';
  if (number === 0) return `${sign}0.0`;
  const [digits = '', exponent = '0'] = Math.abs(number).toExponential().split('e');
  const [first = '', rest = ''] = digits.split('.');
  return `${sign}${first}${rest.slice(0, 1) || '0'}.${rest.slice(1) || '0'}e${Number(exponent) - 1}`;
}
