import { parquetSchema, type RowGroup, type SchemaElement, type SchemaTree } from 'hyparquet';
import { ByteSink } from './byte-sink.ts';
import type { Block } from './format.ts';
import { LeafWriter } from './parquet-leaf-writer.ts';

/** Memory for longer blocks is not kept. */
const keptBytes = 16 << 20;

/** A part of the schema, from a column down to its leaves. */
type Part =
  | { readonly kind: 'leaf'; readonly leaf: LeafWriter }
  /** `repetition`: the level of all its elements but the first. */
  | { readonly kind: 'list'; readonly element: Part; readonly repetition: number }
  | { readonly kind: 'struct'; readonly fields: readonly { readonly name: string; readonly part: Part }[] };

/** Takes rows apart into the leaves of their schema, and writes those as a row group. Everything may be null. */
export class Shredder {
  private readonly columns: readonly Part[];
  private readonly leaves: LeafWriter[] = [];
  private readonly out = new ByteSink();
  private rows = 0;

  constructor(schema: SchemaElement[]) {
    const root = parquetSchema({ schema });
    this.columns = root.children.map((child) => this.partOf(child, [root], 0));
  }

  /** The next row, a value for each column. */
  add(row: readonly unknown[]): void {
    this.columns.forEach((part, i) => shred(part, row[i], 0, 0));
    this.rows++;
  }

  /** The group, its places counted from its beginning; then it begins anew. */
  end(): { readonly bytes: Uint8Array; readonly group: NonNullable<Block['group']> } {
    const { leaves, out } = this;
    const written = leaves.map((leaf) => leaf.write(out));
    const columns = written.map(({ chunk }) => chunk);
    const group: RowGroup = {
      columns,
      total_byte_size: columns.reduce((sum, { meta_data: data }) => sum + (data?.total_uncompressed_size ?? 0n), 0n),
      num_rows: BigInt(this.rows),
      total_compressed_size: BigInt(out.length),
    };
    const bytes = new Uint8Array(out.written());
    this.clear();
    return { bytes, group: { group, pages: written.map(({ offsetIndex }) => offsetIndex) } };
  }

  private clear(): void {
    this.rows = 0;
    this.out.clear(keptBytes);
    for (const leaf of this.leaves) leaf.clear();
  }

  private partOf(tree: SchemaTree, above: readonly SchemaTree[], repetition: number): Part {
    const { element, children } = tree;
    const path = [...above, tree];
    if (element.converted_type === 'LIST') {
      const [repeated] = children;
      const [inner] = repeated?.children ?? [];
      if (!repeated || !inner) throw new TypeError('a list has elements');
      return { kind: 'list', element: this.partOf(inner, [...path, repeated], repetition + 1), repetition: repetition + 1 };
    }
    if (children.length > 0) {
      const fields = children.map((child) => ({ name: child.element.name, part: this.partOf(child, path, repetition) }));
      return { kind: 'struct', fields };
    }
    const leaf = new LeafWriter(path);
    this.leaves.push(leaf);
    return { kind: 'leaf', leaf };
  }
}

function shred(part: Part, value: unknown, definition: number, repetition: number): void {
  const isNull = value === null || value === undefined;
  switch (part.kind) {
    case 'leaf':
      part.leaf.put(value, definition, repetition);
      return;
    case 'list':
      if (isNull) shred(part.element, null, definition, repetition);
      else if (!Array.isArray(value)) throw new TypeError('a column cannot hold this value');
      else if (value.length === 0) shred(part.element, null, definition + 1, repetition);
      else value.forEach((each, i) => shred(part.element, each, definition + 2, i === 0 ? repetition : part.repetition));
      return;
    case 'struct':
      if (!isNull && typeof value !== 'object') throw new TypeError('a column cannot hold this value');
      for (const { name, part: field } of part.fields) {
        const inner: unknown = isNull ? null : Reflect.get(value, name);
        shred(field, inner, isNull ? definition : definition + 1, repetition);
      }
  }
}
