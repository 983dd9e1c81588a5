import type { ColumnChunk, OffsetIndex } from 'hyparquet';
import type { ParquetWriter } from 'hyparquet-writer';
import type { PlacedBlock } from './format.ts';

/** A row group where it lies in the file, and where its pages do. */
export function movedGroup({ start, group: block }: PlacedBlock): {
  readonly group: ParquetWriter['row_groups'][number];
  readonly indexes: ParquetWriter['pendingIndexes'];
} {
  if (!block) throw new Error('a block of a Parquet file is a row group');
  const { group, pages } = block;
  const columns = group.columns.map((chunk) => movedChunk(chunk, start));
  const indexes = columns.map((chunk, i) => {
    const offsetIndex = movedPages(pages[i], start);
    return { chunk, ...(offsetIndex && { offsetIndex }) };
  });
  return { group: { ...group, columns }, indexes };
}

function movedChunk(chunk: ColumnChunk, by: number): ColumnChunk {
  const { file_offset: offset, meta_data: data } = chunk;
  return {
    ...chunk,
    file_offset: offset + BigInt(by),
    ...(data && {
      meta_data: {
        ...data,
        data_page_offset: data.data_page_offset + BigInt(by),
        ...(data.dictionary_page_offset !== undefined && { dictionary_page_offset: data.dictionary_page_offset + BigInt(by) }),
      },
    }),
  };
}

function movedPages(index: OffsetIndex | undefined, by: number): OffsetIndex | undefined {
  return index && { ...index, page_locations: index.page_locations.map((page) => ({ ...page, offset: page.offset + BigInt(by) })) };
}
