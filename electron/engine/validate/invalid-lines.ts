import { limits } from '#shared/limits.ts';
import type { InvalidLine, Problem } from '#shared/model/problem.ts';
import type { Range } from '#shared/model/query.ts';
import type { InvalidRow, RowIndex } from '../index/types.ts';
import { lineRules } from './line-rules.ts';

/** Bytes read for a preview: enough for limits.previewChars of any script. */
const previewBytes = limits.previewChars * 4;
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** The invalid lines by rule, worst first; rules with nothing found are left out. `names`: of the files, in order. */
export function listLineProblems(index: RowIndex, names: readonly string[]): Problem[] {
  const found = new Map<string, { count: number; first: InvalidRow[] }>();
  for (const invalid of index.invalidRows) {
    let entry = found.get(invalid.rule);
    if (!entry) found.set(invalid.rule, (entry = { count: 0, first: [] }));
    entry.count++;
    if (entry.first.length < limits.examples) entry.first.push(invalid);
  }
  return lineRules.flatMap(({ id, ...rule }) => {
    const entry = found.get(id);
    if (!entry) return [];
    const examples = entry.first.map((invalid) => {
      const { file, line, start } = index.place(invalid.row);
      return { path: names[file] ?? '', line, offset: invalid.offset - start, byteOffset: invalid.offset, message: invalid.message };
    });
    return [{ rule: id, ...rule, count: entry.count, rows: entry.count, examples }];
  });
}

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
