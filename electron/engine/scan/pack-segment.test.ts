import { expect, test } from 'vitest';
import { packSegment } from './pack-segment.ts';
import { Scanner } from './scanner.ts';
import type { Segment } from './segment.ts';

function scan(text: string): Segment {
  const bytes = Buffer.from(text);
  const read = (into: Uint8Array, at: number, length: number, position: number): number =>
    bytes.copy(into, at, position, position + length);
  const job = new Scanner().scan(read, { from: 0, to: bytes.length, size: bytes.length });
  while (true) {
    const step = job.next();
    if (step.done) return step.value;
  }
}

test('a segment is the same after a transfer, and few buffers are handed over', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    const rest = Array.from({ length: i % 2000 === 0 ? 40 : 2 }, (__, field) => `"f${field}":${field % 2 ? `"t${i % 7}"` : i / 8}`);
    return i % 997 === 5 ? '{"bad":}' : `{"reward":${i},${rest.join(',')}}`;
  });
  const made = scan(rows.join('\n'));
  const { segment, buffers } = packSegment(made);
  const sent = structuredClone(segment, { transfer: buffers.filter((buffer) => buffer instanceof ArrayBuffer) });
  expect(sent.columns.length).toBeGreaterThan(40);
  expect(buffers.length).toBeLessThan(20);
  expect(segment.starts).toHaveLength(0);
  expect(sent).toEqual(scan(rows.join('\n')));
});

test('a segment without rows is packed, too', () => {
  expect(packSegment(scan('\n')).segment).toMatchObject({ rowCount: 0, columns: [], blankLines: 1 });
});
