import { derivedColumns } from '#shared/model/derived.ts';
import type { ColumnSource } from '../scan/fields.ts';
import type { Segment } from '../scan/segment.ts';
import type { Source } from '../source/index.ts';
import { columnName } from './column-names.ts';
import { type ColumnContext, ColumnView } from './column-view.ts';
import { DenseCache } from './dense-cache.ts';
import { readBytes } from './file-text.ts';
import { readLines } from './read-lines.ts';
import { Places } from './places.ts';
import { SegmentTextReader } from './segment-texts.ts';
import { type PreparedPart, StoredColumn } from './stored-column.ts';
import type { Column, InvalidRow, RowIndex, RowPlace } from './types.ts';

/** Columns derived from the scan, and where their values come from; `line`, `file` and `task` are made by others. */
const derivedSources: ReadonlyMap<string, ColumnSource> = new Map([
  ['rollout', { scope: 'field', key: '_ng_rollout_index' }],
  ['tokens', { scope: 'usage', key: 'output_tokens' }],
  ['tokens_in', { scope: 'usage', key: 'input_tokens' }],
  ...['agent', 'turns', 'user_turns', 'tools', 'tools_offered', 'status', 'truncated', 'model', 'prompt', 'answer'].map(
    (key): [string, ColumnSource] => [key, { scope: 'derived', key }],
  ),
]);

interface Field {
  readonly stored: StoredColumn;
  readonly view: ColumnView;
}

/** The index of a dataset, filled segment by segment. */
export class GrowingIndex implements RowIndex {
  version = 0;
  readonly invalidRows: InvalidRow[] = [];
  private readonly places = new Places();
  private readonly validParts: Uint8Array[] = [];
  private validRows: { version: number; rows: Uint8Array } | undefined;
  private readonly context: ColumnContext;
  /** By source. */
  private readonly stored = new Map<string, StoredColumn>();
  private readonly derived = new Map<string, ColumnView>();
  /** By public name, in the order in which the fields first appear. */
  private readonly fields = new Map<string, Field>();
  private listed: { version: number; columns: readonly Column[] } | undefined;

  constructor(private readonly sources: readonly Source[]) {
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
   * Appends a segment and takes over its arrays. Segments must come in the order of the files, and within a file in its
   * order. Yields now and then, so that the caller may do other things; the rows are there, all at once, when it is done.
   */
  *add(file: number, segment: Segment): Generator<void, void> {
    const texts = new SegmentTextReader(segment.texts);
    const prepared: { source: ColumnSource; stored: StoredColumn; part: PreparedPart }[] = [];
    for (const column of segment.columns) {
      const stored = this.storedOf(column.source);
      const part = stored.prepare(column, texts.mapperFor(stored.dictionary));
      prepared.push({ source: column.source, stored, part });
      yield;
    }
    const number = this.places.segmentCount;
    const firstRow = this.rowCount;
    this.places.add(file, segment);
    this.validParts.push(segment.valid);
    for (const { row, ...why } of segment.invalid) this.invalidRows.push({ row: firstRow + row, ...why });
    for (const { source, stored, part } of prepared) {
      stored.add(number, part);
      if (source.scope !== 'derived') this.showField(source, stored);
    }
    this.version++;
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
      const fields = [...this.fields.values()].filter(({ stored }) => stored.hasScalars);
      this.listed = { version: this.version, columns: [...this.derived.values(), ...fields.map(({ view }) => view)] };
    }
    return this.listed.columns;
  }

  column(name: string): Column | undefined {
    const derived = this.derived.get(name);
    if (derived) return derived;
    const field = this.fields.get(name);
    return field?.stored.hasScalars ? field.view : undefined;
  }

  fieldKinds(key: string): Uint8Array | undefined {
    return this.fields.get(columnName({ scope: 'field', key }))?.view.kinds();
  }

  place(row: number): RowPlace {
    return this.places.place(row);
  }

  rowAtLine(file: number, line: number): number | undefined {
    return this.places.rowAtLine(file, line);
  }

  readLine(row: number): Uint8Array {
    const { file, start, end } = this.place(row);
    return readBytes(this.source(file), start, end);
  }

  readLines(rows: Uint32Array): Uint8Array {
    return readLines(
      rows,
      (row) => this.place(row),
      (file) => this.source(file),
    );
  }

  readLineSlice(row: number, start: number, end: number): Uint8Array {
    const place = this.place(row);
    const length = place.end - place.start;
    const from = Math.min(Math.max(0, start), length);
    const to = Math.max(from, Math.min(end, length));
    return readBytes(this.source(place.file), place.start + from, place.start + to);
  }

  private source(file: number): Source {
    const source = this.sources[file];
    if (!source) throw new RangeError(`file ${file}`);
    return source;
  }

  private storedOf({ scope, key }: ColumnSource): StoredColumn {
    const name = `${scope}:${key}`;
    const known = this.stored.get(name);
    if (known) return known;
    const made = new StoredColumn();
    this.stored.set(name, made);
    return made;
  }

  private showField(source: ColumnSource, stored: StoredColumn): void {
    const name = columnName(source);
    if (!this.fields.has(name)) this.fields.set(name, { stored, view: new ColumnView(stored, this.context, { name, derived: false }) });
  }
}
