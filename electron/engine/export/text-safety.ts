import { JsonNumber } from '#shared/model/json.ts';
import type { ReasonId } from './reasons.ts';

const loneSurrogate = /\p{Surrogate}/u;

/** Whether any text of a row, key or string, holds half of a surrogate pair. */
export function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return loneSurrogate.test(value);
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return false;
  if (Array.isArray(value)) return value.some(hasLoneSurrogate);
  for (const key in value)
    if (Object.hasOwn(value, key) && (loneSurrogate.test(key) || hasLoneSurrogate(Reflect.get(value, key)))) return true;
  return false;
}

const above = 2n ** 64n;
const below = -(2n ** 63n);

/**
 * The value with whole numbers beyond 64 bits as texts. One such number makes Hugging Face `datasets` fill every message of the
 * file with nulls (JSON lines) or fail (Parquet).
 */
export function withoutHugeIntegers(value: unknown): unknown {
  return holdsHuge(value) ? rewritten(value) : value;
}

function holdsHuge(value: unknown): boolean {
  if (value instanceof JsonNumber) return isHuge(value.text);
  if (typeof value === 'number') return Math.abs(value) >= 2 ** 63 && isHuge(String(value));
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsHuge);
  for (const key in value) if (Object.hasOwn(value, key) && holdsHuge(Reflect.get(value, key))) return true;
  return false;
}

function rewritten(value: unknown): unknown {
  if (value instanceof JsonNumber) return isHuge(value.text) ? value.text : value;
  if (typeof value === 'number') return Number.isInteger(value) && isHuge(String(value)) ? String(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rewritten);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rewritten(each)]));
}

function isHuge(text: string): boolean {
  if (text.length < 19 || !/^-?\d+$/.test(text)) return false;
  const number = BigInt(text);
  return number >= above || number < below;
}

/** Why no trainer reads the texts and numbers of a row as they are; undefined where all do. */
export function unsafeValue(value: unknown): ReasonId | undefined {
  if (hasLoneSurrogate(value)) return 'mapping/lone-surrogate';
  return holdsInfinity(value) ? 'mapping/infinite-number' : undefined;
}

function holdsInfinity(value: unknown): boolean {
  if (value instanceof JsonNumber) return !Number.isFinite(Number(value.text)) && !/^-?\d+$/.test(value.text);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsInfinity);
  for (const key in value) if (Object.hasOwn(value, key) && holdsInfinity(Reflect.get(value, key))) return true;
  return false;
}

/** Whether a number anywhere in the value is another one when it is rounded to ten decimals, as `datasets` does with JSON lines. */
export function holdsLongFraction(value: unknown): boolean {
  if (typeof value === 'number' || value instanceof JsonNumber) {
    const number = value instanceof JsonNumber ? Number(value.text) : value;
    return !Number.isInteger(number) && Math.abs(number) < 1e10 && Number(number.toFixed(10)) !== number;
  }
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.some(holdsLongFraction) : Object.values(value).some(holdsLongFraction);
}
