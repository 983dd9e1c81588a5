import { open, type FileHandle } from 'node:fs/promises';
import { asyncBufferFromFile, parquetMetadataAsync, parquetSchema, type RowGroup, type SchemaTree } from 'hyparquet';
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { ByteSink } from './byte-sink.ts';
import { LeafReader, notWritten } from './parquet-leaf-reader.ts';

/** Memory for longer rows is not kept. */
const keptBytes = 1 << 20;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const [nullBytes, listBegin, listEnd, objectBegin, objectEnd, comma, rowEnd] = [
  Buffer.from('null'),
  Buffer.from('['),
  Buffer.from(']'),
  Buffer.from('{'),
  Buffer.from('}'),
  Buffer.from(','),
  Buffer.from('}\n'),
];

/**
 * The JSON text of each row of a Parquet file, there until the next is asked for. Rows are put together one by one of the levels and values
 * that the library reads of pages, so that no more than a page of each leaf is unpacked, and a row group in memory as it lies in the file.
 */
export async function* readParquet(path: string): AsyncGenerator<Buffer> {
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(path));
  const root = parquetSchema(metadata);
  const leaves: LeafReader[] = [];
  const columns = root.children.map((child, i) => ({
    begin: Buffer.from(`${i === 0 ? '{' : ','}${JSON.stringify(child.element.name)}:`),
    node: nodeOf(child, [root], leaves),
  }));
  const file = await open(path, 'r');
  try {
    let memory: Buffer = Buffer.alloc(0);
    const row = new ByteSink();
    for (const group of metadata.row_groups) {
      memory = await beginGroup(file, group, leaves, memory);
      for (let rest = Number(group.num_rows); rest > 0; rest--) {
        row.clear(keptBytes);
        for (const leaf of leaves) leaf.beginRow();
        for (const { begin, node } of columns) {
          row.bytes(begin);
          if (isNull(node)) skip(node, row);
          else writeValue(node, row);
        }
        row.bytes(rowEnd);
        yield row.written();
      }
      if (!leaves.every(({ isAtEnd }) => isAtEnd)) throw new TypeError(notWritten);
    }
  } finally {
    await file.close();
  }
}

/** Reads a row group as it lies in the file; answers the memory that it is in, the given one where that is enough. */
async function beginGroup(file: FileHandle, { columns }: RowGroup, leaves: readonly LeafReader[], memory: Buffer): Promise<Buffer> {
  const chunks = columns.map(({ meta_data: column }, i) => {
    if (!column || column.path_in_schema.join('.') !== leaves[i]?.name) throw new TypeError(notWritten);
    const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
    return { column, start, end: start + Number(column.total_compressed_size) };
  });
  if (chunks.length !== leaves.length) throw new TypeError(notWritten);
  const start = Math.min(...chunks.map((chunk) => chunk.start));
  const length = Math.max(...chunks.map((chunk) => chunk.end)) - start;
  const into = length > memory.length ? Buffer.allocUnsafeSlow(length) : memory;
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(into, done, length - done, start + done);
    if (bytesRead === 0) throw new Error('the file ends too early');
    done += bytesRead;
  }
  for (const [i, chunk] of chunks.entries()) leaves[i]?.begin(chunk.column, into.subarray(chunk.start - start, chunk.end - start));
  return into;
}

type Node =
  | { readonly kind: 'text' | 'json' | 'plain'; readonly level: number; readonly leaf: LeafReader; readonly leaves: readonly LeafReader[] }
  | {
      readonly kind: 'list';
      /** The definition level of a list that is there, if empty. */
      readonly level: number;
      /** The repetition level of all elements but the first. */
      readonly repetition: number;
      readonly element: Node;
      readonly leaves: readonly LeafReader[];
    }
  | {
      readonly kind: 'struct';
      readonly level: number;
      readonly fields: readonly { readonly begin: Buffer; readonly node: Node }[];
      readonly leaves: readonly LeafReader[];
    };

/** How a part of the schema is read; its leaves are added to all others. */
function nodeOf(tree: SchemaTree, above: readonly SchemaTree[], all: LeafReader[]): Node {
  const path = [...above, tree];
  const { element, children } = tree;
  const first = all.length;
  const level = getMaxDefinitionLevel(path);
  if (element.converted_type === 'LIST') {
    const [repeated] = children;
    const [inner] = repeated?.children ?? [];
    if (!repeated || !inner) throw new TypeError(notWritten);
    const node = nodeOf(inner, [...path, repeated], all);
    return { kind: 'list', level, repetition: getMaxRepetitionLevel([...path, repeated]), element: node, leaves: all.slice(first) };
  }
  if (children.length > 0) {
    const fields = children.map((child) => ({
      begin: Buffer.from(`${JSON.stringify(child.element.name)}:`),
      node: nodeOf(child, path, all),
    }));
    return { kind: 'struct', level, fields, leaves: all.slice(first) };
  }
  const leaf = new LeafReader(tree.path.join('.'), path);
  all.push(leaf);
  return { kind: kindOf(tree), level, leaf, leaves: [leaf] };
}

function kindOf({ element: { type, converted_type: converted } }: SchemaTree): 'text' | 'json' | 'plain' {
  if (type === 'BYTE_ARRAY' && converted === 'JSON') return 'json';
  if (type === 'BYTE_ARRAY' && converted === 'UTF8') return 'text';
  if (type === 'DOUBLE' || type === 'BOOLEAN') return 'plain';
  throw new TypeError(notWritten);
}

function isNull({ leaves: [first], level }: Node): boolean {
  return first === undefined || first.definition < level;
}

/** Takes the nothing that all leaves of a node have. */
function skip({ leaves }: Node, row?: ByteSink): void {
  const definition = leaves[0]?.definition;
  for (const leaf of leaves) {
    if (leaf.definition !== definition) throw new TypeError(notWritten);
    leaf.take();
  }
  row?.bytes(nullBytes);
}

/** Appends the JSON of a value that is not null. Fields that are null were not written. */
function writeValue(node: Node, row: ByteSink): void {
  switch (node.kind) {
    case 'list':
      writeList(node, row);
      return;
    case 'struct': {
      row.bytes(objectBegin);
      let isFirst = true;
      for (const { begin, node: field } of node.fields) {
        if (isNull(field)) {
          skip(field);
          continue;
        }
        if (!isFirst) row.bytes(comma);
        isFirst = false;
        row.bytes(begin);
        writeValue(field, row);
      }
      row.bytes(objectEnd);
      return;
    }
    case 'json':
      row.bytes(bytesOf(node.leaf.take()));
      return;
    case 'text':
      row.text(JSON.stringify(decoder.decode(bytesOf(node.leaf.take()))));
      return;
    case 'plain':
      row.text(JSON.stringify(node.leaf.take()));
  }
}

function writeList(node: Node & { readonly kind: 'list' }, row: ByteSink): void {
  const [first] = node.leaves;
  row.bytes(listBegin);
  if (first?.definition === node.level) skip(node);
  else {
    for (let isMore = true; isMore;) {
      if (isNull(node.element)) skip(node.element, row);
      else writeValue(node.element, row);
      const repetition = first?.repetition ?? 0;
      if (!node.leaves.every((leaf) => leaf.repetition === repetition)) throw new TypeError(notWritten);
      isMore = repetition === node.repetition;
      if (isMore) row.bytes(comma);
    }
  }
  row.bytes(listEnd);
}

function bytesOf(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError(notWritten);
  return value;
}
