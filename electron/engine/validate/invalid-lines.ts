import { limits } from '#shared/limits.ts';
import type { InvalidLine } from '#shared/model/problem.ts';
import type { Range } from '#shared/model/query.ts';
import type { InvalidRow, RowIndex } from '../index/types.ts';

/** Bytes read for a preview: enough for limits.previewChars of any script. */
const previewBytes = limits.previewChars * 4;
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** A window on the invalid lines in file order, of one rule or of all. */
export function pageInvalidLines(
  index: RowIndex,
  names: readonly string[],
  { rule, range }: { rule?: string | undefined; range: Range },
): { total: number; lines: InvalidLine[] } {
  const rows = rule === undefined ? index.invalidRows : index.invalidRows.filter((invalid) => invalid.rule === rule);
  const end = Math.min(range.end, range.start + limits.pageRows);
  return { total: rows.length, lines: rows.slice(range.start, end).map((invalid) => describeInvalidLine(index, names, invalid)) };
}

/** One invalid line with its place and the beginning of its text. */
export function describeInvalidLine(index: RowIndex, names: readonly string[], invalid: InvalidRow): InvalidLine {
  const { file, line, start } = index.place(invalid.row);
  const preview = lenient.decode(index.readLineSlice(invalid.row, 0, previewBytes)).slice(0, limits.previewChars);
  return {
    row: invalid.row,
    file: names[file] ?? '',
    line,
    offset: invalid.offset - start,
    byteOffset: invalid.offset,
    rule: invalid.rule,
    message: invalid.message,
    preview,
  };
}
