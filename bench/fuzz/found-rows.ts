import { columnName } from '../../electron/engine/index/column-names.ts';
import { CellKind } from '../../electron/engine/index/types.ts';
import { NO_TEXT_CODE } from '../../electron/engine/scan/kernel-words.ts';
import type { Segment, SegmentColumn } from '../../electron/engine/scan/segment.ts';
import { decodeWtf8 } from '../../electron/engine/scan/wtf8.ts';

/** What the scanner says of one value: texts read through their code or their place in the file. */
export interface FoundCell {
  readonly kind: number;
  readonly value: number;
  readonly text?: string;
}

/** All cells of a segment, row by row, by the name of their column. */
export function foundRows(segment: Segment, file: Buffer): Map<string, FoundCell>[] {
  const rows = Array.from({ length: segment.rowCount }, () => new Map<string, FoundCell>());
  for (const column of segment.columns) {
    const name = columnName(column.source);
    for (let at = 0; at < column.kinds.length; at++) {
      const kind = column.kinds[at] ?? 0;
      if (kind === CellKind.missing) continue;
      rows[column.rows ? (column.rows[at] ?? 0) : at]?.set(name, found(segment, column, at, file));
    }
  }
  return rows;
}

function found(segment: Segment, column: SegmentColumn, at: number, file: Buffer): FoundCell {
  const kind = column.kinds[at] ?? 0;
  const value = column.values[at] ?? 0;
  if (kind !== CellKind.string && kind !== CellKind.exact) return { kind, value };
  const code = column.codes?.[at] ?? NO_TEXT_CODE;
  const { bytes, ends } = segment.texts;
  const coded = (): string => decodeWtf8(bytes.subarray(code === 0 ? 0 : ends[code - 1], ends[code]));
  const { scope, key } = column.source;
  if (scope === 'names' || (scope === 'derived' && key === 'last_role')) return { kind, value, text: code === NO_TEXT_CODE ? '' : coded() }; // they have no place
  const inFile = kind === CellKind.string ? stringAt(file, value) : numberAt(file, value);
  if (code === NO_TEXT_CODE) return { kind, value, text: inFile };
  const text = coded();
  return { kind, value, text: text === inFile ? text : `code says ${text}, place says ${inFile}` };
}

function stringAt(file: Buffer, offset: number): string {
  let end = offset;
  while (end < file.length && file[end] !== 0x22) end += file[end] === 0x5c ? 2 : 1;
  const text = file.toString('utf8', offset, end);
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return `no string: ${text}`;
  }
}

function numberAt(file: Buffer, offset: number): string {
  return /^[-+.\deE]*/.exec(file.toString('latin1', offset, offset + 5000))?.[0] ?? '';
}
