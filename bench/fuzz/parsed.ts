/** A number with its digits. */
export class NumberToken {
  constructor(
    readonly value: number,
    readonly source: string,
  ) {}
}

/** A line as JSON.parse reads it, its numbers with their digits. Fails where JSON.parse does. */
export function parseLine(line: Uint8Array): unknown {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  // The third argument is newer than the types of the reviver.
  const reviver = (_: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? new NumberToken(value, context?.source ?? String(value)) : value;
  return JSON.parse(text, reviver);
}

/** As parseLine; undefined where it fails. */
export function tryParse(line: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: parseLine(line) };
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberToken);
}

/** The value of a key of an object; undefined where it has none, or is no object. */
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

export function entries(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
