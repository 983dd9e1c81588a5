import type { InvalidRow } from './types.ts';
import type { InvalidLineInSegment } from '../scan/segment.ts';
import { BrokenSave, type Stored, type StoredFields } from '../saved/index.ts';

/** Invalid lines as they are saved: few of them differ in rule and message. */
export function saveInvalid(lines: readonly InvalidLineInSegment[]): Stored {
  const reasons = new Map<string, { code: number; reason: Stored }>();
  const codes = Uint32Array.from(lines, ({ rule, message }) => {
    const key = `${rule}\n${message}`;
    const known = reasons.get(key) ?? { code: reasons.size, reason: { rule, message } };
    reasons.set(key, known);
    return known.code;
  });
  return {
    rows: Uint32Array.from(lines, ({ row }) => row),
    offsets: Float64Array.from(lines, ({ offset }) => offset),
    codes,
    reasons: [...reasons.values()].map(({ reason }) => reason),
  };
}

/** Fails with BrokenSave. */
export function readInvalid(fields: StoredFields): InvalidLineInSegment[] {
  const rows = fields.words('rows');
  const offsets = fields.floats('offsets', rows.length);
  const codes = fields.words('codes', rows.length);
  const reasons = fields.list('reasons').map((reason) => ({ rule: reason.text('rule'), message: reason.text('message') }));
  return Array.from(rows, (row, i) => {
    const reason = reasons[codes[i] ?? 0];
    if (!reason) throw new BrokenSave('reason');
    return { row, offset: offsets[i] ?? 0, ...reason };
  });
}

/** The position of the first invalid line from a row on. */
export function firstAtLeast(invalid: readonly InvalidRow[], row: number): number {
  let low = 0;
  let high = invalid.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((invalid[middle]?.row ?? row) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
