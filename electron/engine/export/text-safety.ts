import { JsonNumber } from '#shared/model/json.ts';
import type { ReasonId } from './reasons.ts';

const loneSurrogate = /\p{Surrogate}/u;

/** Younger runtimes look at whole words of a text. */
const isWellFormed: (() => boolean) | undefined = Reflect.get(String.prototype, 'isWellFormed');
const isLoneSurrogateIn: (text: string) => boolean = isWellFormed ? (text) => !isWellFormed.call(text) : (text) => loneSurrogate.test(text);

/** Whether any text of a row, key or string, holds half of a surrogate pair. */
export function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return isLoneSurrogateIn(value);
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return false;
  if (Array.isArray(value)) return value.some(hasLoneSurrogate);
  for (const key in value)
    if (Object.hasOwn(value, key) && (isLoneSurrogateIn(key) || hasLoneSurrogate(Reflect.get(value, key)))) return true;
  return false;
}

/** Why no trainer reads the texts and numbers of a row as they are; undefined where all do. */
export function unsafeValue(value: unknown): ReasonId | undefined {
  if (hasLoneSurrogate(value)) return 'mapping/lone-surrogate';
  return holdsInfinity(value) ? 'mapping/infinite-number' : undefined;
}

/**
 * Whether a value holds nothing but texts without half a surrogate pair, truth values, null, and short whole numbers: nothing
 * in it can be read as something else. Asked first, since it goes through the value once.
 */
export function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return !isLoneSurrogateIn(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) && Math.abs(value) < plainNumbers;
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof JsonNumber) return false;
  if (Array.isArray(value)) return value.every(isPlain);
  for (const key in value) if (Object.hasOwn(value, key) && (isLoneSurrogateIn(key) || !isPlain(Reflect.get(value, key)))) return false;
  return true;
}

const plainNumbers = 1e15;

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
