import { AppError } from '#shared/errors.ts';
import { derivedColumns } from '#shared/model/derived.ts';
import type { ColumnSource } from '../scan/fields.ts';
import type { PartialScopes, Segment } from '../scan/segment.ts';
import { BrokenSave, type Stored, type StoredFields } from '../saved/index.ts';
import type { Source } from '../source/index.ts';
import { columnName, sourceName } from './column-names.ts';
import { type ColumnContext, ColumnView } from './column-view.ts';
import { DenseCache } from './dense-cache.ts';
import { derivedSources } from './derived-sources.ts';
import { firstAtLeast, readInvalid, saveInvalid } from './invalid-rows.ts';
import { LineReader } from './line-reader.ts';
import { nameSets, namesOfLine } from './name-sets.ts';
import { PartialColumns, readPartial } from './partial-columns.ts';
import { Places } from './places.ts';
import type { SegmentCount } from './read-progress.ts';
import { SegmentTextReader } from './segment-texts.ts';
import { type PreparedPart, StoredColumn } from './stored-column.ts';
import { unlistedKeys } from './unlisted-keys.ts';
import type { Column, HashedPart, InvalidRow, NameSets, RowIndex, RowPlace, UnlistedKeys } from './types.ts';

const scopes: readonly ColumnSource['scope'][] = ['field', 'usage', 'reward_components', 'sampling', 'items', 'derived', 'names', 'hash'];
/** Not listed among the fields: they are columns of our own, or none. */
const unlisted: ReadonlySet<ColumnSource['scope']> = new Set(['derived', 'names', 'hash'] as const);

/** Cells of one column of a segment, ready to be added. */
interface PreparedColumn {
  readonly source: ColumnSource;
  readonly stored: StoredColumn;
  readonly part: PreparedPart;
}

type PublishedLines = Pick<Segment, 'rowCount' | 'blankLines' | 'starts' | 'ends' | 'lines' | 'valid' | 'invalid' | 'partial' | 'hashed'>;

interface Field {
  readonly source: ColumnSource;
  readonly stored: StoredColumn;
  readonly view: ColumnView;
}

/** The index of a dataset, filled segment by segment. */
export class GrowingIndex implements RowIndex {
  version = 0;
  readonly invalidRows: InvalidRow[] = [];
  readonly rewrittenRows: number[] = [];
  private readonly places: Places;
  private readonly lines: LineReader;
  private readonly validParts: Uint8Array[] = [];
  private readonly partial = new PartialColumns();
  private readonly hashedSegments: boolean[] = [];
  private validRows: { version: number; rows: Uint8Array } | undefined;
  private readonly context: ColumnContext;
  /** By source. */
  private readonly stored = new Map<string, StoredColumn>();
  /** By source, in the order in which they first appear. */
  private readonly published = new Map<string, Omit<PreparedColumn, 'part'>>();
  private readonly derived = new Map<string, ColumnView>();
  /** By public name, in the order in which the fields first appear. */
  private readonly fields = new Map<string, Field>();
  private readonly nameSets: { [which in 'called' | 'offered']?: { readonly version: number; readonly sets: NameSets } } = {};
  private listed: { version: number; columns: readonly Column[] } | undefined;

  constructor(sources: readonly Source[], mostRows?: number) {
    this.places = new Places(mostRows);
    this.lines = new LineReader(this.places, sources);
    this.context = {
      places: this.places,
      sources,
      cache: new DenseCache(),
      version: () => this.version,
      rolloutCount: () => this.rowCount - this.invalidRows.length,
    };
    for (const { name, kind } of derivedColumns) {
      const source = derivedSources.get(name);
      if (source) this.derived.set(name, new ColumnView(this.storedOf(source), this.context, { name, derived: true, emptyKind: kind }));
    }
  }

  get rowCount(): number {
    return this.places.rowCount;
  }

  /**
   * Appends a segment and takes over its arrays. Segments of one file must come in its order. Yields now and then, so that the
   * caller may do other things; the rows are there, all at once, when it is done.
   */
  *add(file: number, segment: Segment): Generator<void, void> {
    this.publish(file, segment, yield* this.prepare(segment));
  }

  /**
   * Puts a segment that was read again in the place of what was read of it before: with the lines that have come since where it is
   * the last, else with as many rows.
   */
  *replace(number: number, segment: Segment): Generator<void, void> {
    const columns = yield* this.prepare(segment);
    const first = this.places.firstRow(number);
    const end = this.places.firstRow(number + 1);
    this.rewrittenRows.push(...this.places.replace(number, segment));
    this.validParts[number] = segment.valid;
    this.hashedSegments[number] = segment.hashed;
    const at = firstAtLeast(this.invalidRows, first);
    const invalid = segment.invalid.map(({ row, ...why }) => ({ row: first + row, ...why }));
    this.invalidRows.splice(at, firstAtLeast(this.invalidRows, end) - at, ...invalid);
    for (const { stored } of this.published.values()) stored.remove(number);
    this.publishColumns(number, columns, segment.partial);
    this.version++;
  }

  private *prepare(segment: Segment): Generator<void, PreparedColumn[]> {
    const texts = new SegmentTextReader(segment.texts);
    const prepared: PreparedColumn[] = [];
    for (const column of segment.columns) {
      const stored = this.storedOf(column.source);
      const part = stored.prepare(column, texts.mapperFor(stored.dictionary));
      prepared.push({ source: column.source, stored, part });
      yield;
    }
    return prepared;
  }

  /** What `restore` makes segment number `segment` from. */
  save(segment: number): Stored {
    const { places, validParts, invalidRows } = this;
    const [first, end] = [places.firstRow(segment), places.firstRow(segment + 1)];
    const invalid = invalidRows.slice(firstAtLeast(invalidRows, first), firstAtLeast(invalidRows, end));
    const columns: Stored[] = [];
    for (const { source, stored } of this.published.values()) {
      const cells = stored.save(segment);
      if (cells !== undefined) columns.push({ ...source, cells });
    }
    return {
      places: places.save(segment),
      valid: validParts[segment] ?? null,
      hashed: this.hashedSegments[segment] === true,
      invalid: saveInvalid(invalid.map(({ row, ...why }) => ({ row: row - first, ...why }))),
      columns,
      partial: this.partial.save(segment),
    };
  }

  /** Appends a segment that was saved, all of it or nothing. Counts come apart. Fails with BrokenSave. */
  restore(file: number, { lines: rowCount, invalidLines, blankLines }: SegmentCount, fields: StoredFields): void {
    const places = fields.object('places');
    const lines = {
      rowCount,
      blankLines,
      starts: places.floats('starts', rowCount),
      ends: places.floats('ends', rowCount),
      lines: places.words('lines', rowCount),
      valid: fields.bytes('valid', rowCount),
      hashed: fields.flag('hashed'),
      invalid: readInvalid(fields.object('invalid')),
      partial: readPartial(fields, 'partial', scopes),
    };
    if (lines.invalid.length !== invalidLines) throw new BrokenSave('invalid lines');
    const prepared = fields.list('columns').map((column) => {
      const scope = scopes.find((known) => known === column.text('scope'));
      if (scope === undefined) throw new BrokenSave('scope');
      const source = { scope, key: column.text('key') };
      const stored = this.storedOf(source);
      return { source, stored, part: stored.prepareSaved(column.object('cells'), rowCount) };
    });
    this.publish(file, lines, prepared);
  }

  private publish(file: number, segment: PublishedLines, columns: readonly PreparedColumn[]): void {
    const number = this.places.segmentCount;
    const firstRow = this.rowCount;
    this.places.add(file, segment);
    this.validParts.push(segment.valid);
    this.hashedSegments.push(segment.hashed || segment.rowCount === 0);
    for (const { row, ...why } of segment.invalid) this.invalidRows.push({ row: firstRow + row, ...why });
    this.publishColumns(number, columns, segment.partial);
    this.version++;
  }

  private publishColumns(number: number, columns: readonly PreparedColumn[], partial: PartialScopes | null): void {
    this.partial.put(number, partial);
    for (const column of columns) this.publishColumn(number, column);
  }

  private publishColumn(number: number, { source, stored, part }: PreparedColumn): void {
    stored.add(number, part);
    if (!this.published.has(sourceName(source))) this.published.set(sourceName(source), { source, stored });
    if (!unlisted.has(source.scope)) this.showField(source, stored);
  }

  valid(): Uint8Array {
    if (this.validRows?.version !== this.version) {
      const rows = new Uint8Array(this.rowCount);
      this.validParts.forEach((part, segment) => rows.set(part, this.places.firstRow(segment)));
      this.validRows = { version: this.version, rows };
    }
    return this.validRows.rows;
  }

  columns(): readonly Column[] {
    if (this.listed?.version !== this.version) {
      const fields = [...this.fields.values()].filter((field) => this.isListed(field)).map(({ view }) => view);
      const isCount = ({ name }: Column): boolean => name.startsWith('items.');
      const counts = fields.filter(isCount).sort((a, b) => (a.name < b.name ? -1 : 1));
      const columns = [...this.derived.values(), ...counts, ...fields.filter((field) => !isCount(field))];
      this.listed = { version: this.version, columns };
    }
    return this.listed.columns;
  }

  column(name: string): Column | undefined {
    const derived = this.derived.get(name);
    if (derived) return derived;
    const field = this.fields.get(name);
    return field && this.isListed(field) ? field.view : undefined;
  }

  get unlistedKeys(): UnlistedKeys | undefined {
    return unlistedKeys(this.partial, this.fields.values(), this.places);
  }

  private isListed({ source, stored }: Field): boolean {
    return stored.hasScalars && !this.partial.lacks(source);
  }

  fieldKinds(key: string): Uint8Array | undefined {
    return this.fields.get(columnName({ scope: 'field', key }))?.view.kinds();
  }

  names(which: 'called' | 'offered'): NameSets {
    let known = this.nameSets[which];
    if (known?.version !== this.version) {
      const stored = this.storedOf({ scope: 'names', key: which });
      known = { version: this.version, sets: nameSets(stored, this.places, (row) => namesOfLine(this.readLine(row), which)) };
      this.nameSets[which] = known;
    }
    return known.sets;
  }

  get isHashed(): boolean {
    return this.hashedSegments.every(Boolean);
  }

  /** Segments whose rows have no hashes yet: where they lie. */
  unhashed(): ({ readonly number: number } & ReturnType<Places['rangeOf']>)[] {
    return this.hashedSegments.flatMap((isHashed, number) => (isHashed ? [] : [{ number, ...this.places.rangeOf(number) }]));
  }

  /** Adds the hashes of a segment, read a second time. Fails with `changed` where it is not what was read before. */
  *addHashes(number: number, segment: Segment): Generator<void, void> {
    if (segment.rowCount !== this.places.firstRow(number + 1) - this.places.firstRow(number)) {
      throw new AppError('changed', 'The file was changed after it had been read. Open it again.');
    }
    const columns = yield* this.prepare(segment);
    // It may have been read anew meanwhile, hashes and all.
    if (this.hashedSegments[number] !== false) return;
    for (const column of columns) this.publishColumn(number, column);
    this.hashedSegments[number] = true;
    // What was told without hashes is to be told anew, once.
    if (this.isHashed) this.version++;
  }

  hash(of: HashedPart): Float64Array {
    if (!this.isHashed) throw new Error('the rows have no hashes yet');
    return new ColumnView(this.storedOf({ scope: 'hash', key: of }), this.context, { name: of, derived: true }).numbers();
  }

  place(row: number): RowPlace {
    return this.places.place(row);
  }

  rowAtLine(file: number, line: number): number | undefined {
    return this.places.rowAtLine(file, line);
  }

  readLine(row: number): Uint8Array {
    return this.lines.whole(row);
  }

  readLines(rows: Uint32Array): Uint8Array {
    return this.lines.several(rows);
  }

  readLineSlice(row: number, start: number, end: number): Uint8Array {
    return this.lines.slice(row, start, end);
  }

  private storedOf(source: ColumnSource): StoredColumn {
    const name = sourceName(source);
    const known = this.stored.get(name);
    if (known) return known;
    const made = new StoredColumn();
    this.stored.set(name, made);
    return made;
  }

  private showField(source: ColumnSource, stored: StoredColumn): void {
    const name = columnName(source);
    if (!this.fields.has(name))
      this.fields.set(name, { source, stored, view: new ColumnView(stored, this.context, { name, derived: false }) });
  }
}
