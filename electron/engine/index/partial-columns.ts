import { limits } from '#shared/limits.ts';
import { type ColumnSource, mayBeTooLong, type PartialScopes } from '../scan/index.ts';
import { BrokenSave, type Stored, type StoredFields } from '../saved/index.ts';

type Scope = ColumnSource['scope'];

/**
 * Which columns may lack cells because a file has more keys than a scan has room for. Threads meet keys in different orders, so
 * one may know a field that another had no room for: a column counts only where no segment lacks it.
 */
export class PartialColumns {
  /** By segment; undefined where nothing lacks. Equal ones are there once. */
  private readonly segments: (PartialScopes | undefined)[] = [];
  private readonly distinct: PartialScopes[] = [];
  /** Keys that no segment lacks, of the scopes in which any key may lack. */
  private readonly known = new Map<Scope, ReadonlySet<string>>();
  /** Scopes in which keys that are too long lack. */
  private readonly lacksLong = new Set<Scope>();

  /** Whether every key of the files has its column. */
  get isEmpty(): boolean {
    return this.distinct.length === 0;
  }

  lacks({ scope, key }: ColumnSource): boolean {
    if (this.known.get(scope)?.has(key) === false) return true;
    return this.lacksLong.has(scope) && mayBeTooLong(key);
  }

  /** What is lacking in a segment; a segment that was read again replaces what was said of it. */
  put(segment: number, partial: PartialScopes | null): void {
    const isAgain = this.segments[segment] !== undefined;
    this.segments[segment] = partial ? this.shared(partial) : undefined;
    if (isAgain) this.countAnew();
  }

  /** Segments in which keys were dropped. */
  ofKeys(): number[] {
    return this.segments.flatMap((partial, segment) => (partial?.scopes.includes('field') === true ? [segment] : []));
  }

  /** Segments in which types of items were counted as others. */
  ofTypes(): number[] {
    return this.segments.flatMap((partial, segment) => (partial?.known && partial.scopes.includes('items') ? [segment] : []));
  }

  /** One sentence for each limit that was reached. `hidden`: columns that are not listed. */
  messages(hidden: number): string[] {
    const count = (number: number): string => number.toLocaleString('en');
    const more = hidden === 0 ? '' : `; ${count(hidden)} columns may lack values and are not listed`;
    return [
      ...(this.known.has('field')
        ? [
            `More distinct keys than the 3,900 or so columns there is room for${more}. Name a key as field.NAME, and it is read from the lines.`,
          ]
        : this.lacksLong.has('field')
          ? [`Keys of more than ${count(limits.keyBytes)} bytes have no column.`]
          : []),
      ...(this.known.has('items') && !this.known.has('field')
        ? [`More than ${count(limits.itemTypes)} types of items: the rarer ones count as items.other, and have no column.`]
        : []),
    ];
  }

  save(segment: number): Stored {
    const partial = this.segments[segment];
    if (!partial) return null;
    return { scopes: partial.scopes.join(' '), known: partial.known && partial.known.map(({ scope, key }) => ({ scope, key })) };
  }

  private shared(partial: PartialScopes): PartialScopes {
    const same = this.distinct.find((other) => areEqual(other, partial));
    if (same) return same;
    this.distinct.push(partial);
    this.count(partial);
    return partial;
  }

  private countAnew(): void {
    this.distinct.splice(0, Infinity, ...new Set(this.segments.filter((partial) => partial !== undefined)));
    this.known.clear();
    this.lacksLong.clear();
    this.distinct.forEach((partial) => this.count(partial));
  }

  private count({ scopes, known }: PartialScopes): void {
    for (const scope of scopes) {
      this.lacksLong.add(scope);
      if (!known) continue;
      const before = this.known.get(scope);
      const keys = known.flatMap((source) => (source.scope === scope && before?.has(source.key) !== false ? [source.key] : []));
      this.known.set(scope, new Set(keys));
    }
  }
}

/** What `PartialColumns.save` has written. Fails with BrokenSave. */
export function readPartial(fields: StoredFields, name: string, scopes: readonly Scope[]): PartialScopes | null {
  if (fields.isNull(name)) return null;
  const saved = fields.object(name);
  const scopeOf = (text: string): Scope => {
    const scope = scopes.find((each) => each === text);
    if (scope === undefined) throw new BrokenSave('scope');
    return scope;
  };
  const known = saved.isNull('known')
    ? null
    : saved.list('known').map((source) => ({ scope: scopeOf(source.text('scope')), key: source.text('key') }));
  return { scopes: saved.text('scopes').split(' ').map(scopeOf), known };
}

function areEqual(a: PartialScopes, b: PartialScopes): boolean {
  if (a.scopes.length !== b.scopes.length || a.known?.length !== b.known?.length) return false;
  return a.known === null || a.known.every(({ scope, key }, i) => b.known?.[i]?.key === key && b.known[i]?.scope === scope);
}
