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
