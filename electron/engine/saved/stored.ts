/** An array whose bytes are written as they are. */
export type StoredArray = Uint8Array | Uint32Array | Float64Array;

/** What can be saved: JSON, with typed arrays anywhere in it. Numbers are finite. */
export type Stored = null | boolean | number | string | StoredArray | readonly Stored[] | { readonly [name: string]: Stored };

/** Something saved is not what we write: it is read anew from its source. Never seen outside. */
export class BrokenSave extends Error {
  constructor(what: string) {
    super(`saved index: ${what}`);
    this.name = 'BrokenSave';
  }
}

/** Reads what was saved without trusting it: everything of another form fails with BrokenSave. */
export class StoredFields {
  private readonly fields: ReadonlyMap<string, unknown>;

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null) throw new BrokenSave('no object');
    this.fields = new Map(Object.entries(value));
  }

  /** A whole number in [min, max]. */
  count(name: string, max = Number.MAX_SAFE_INTEGER, min = 0): number {
    const value = this.fields.get(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) throw new BrokenSave(name);
    return value;
  }

  text(name: string): string {
    const value = this.fields.get(name);
    if (typeof value !== 'string') throw new BrokenSave(name);
    return value;
  }

  flag(name: string): boolean {
    const value = this.fields.get(name);
    if (typeof value !== 'boolean') throw new BrokenSave(name);
    return value;
  }

  isNull(name: string): boolean {
    return this.fields.get(name) === null;
  }

  object(name: string): StoredFields {
    return new StoredFields(this.fields.get(name));
  }

  list(name: string): StoredFields[] {
    const value = this.fields.get(name);
    if (!Array.isArray(value)) throw new BrokenSave(name);
    return value.map((entry) => new StoredFields(entry));
  }

  /** Arrays; with `length`, of just so many entries. */
  bytes(name: string, length?: number): Uint8Array {
    const value = this.fields.get(name);
    if (!(value instanceof Uint8Array)) throw new BrokenSave(name);
    return ofLength(value, length, name);
  }

  words(name: string, length?: number): Uint32Array {
    const value = this.fields.get(name);
    if (!(value instanceof Uint32Array)) throw new BrokenSave(name);
    return ofLength(value, length, name);
  }

  floats(name: string, length?: number): Float64Array {
    const value = this.fields.get(name);
    if (!(value instanceof Float64Array)) throw new BrokenSave(name);
    return ofLength(value, length, name);
  }
}

function ofLength<T extends StoredArray>(array: T, length: number | undefined, name: string): T {
  if (length !== undefined && array.length !== length) throw new BrokenSave(name);
  return array;
}
