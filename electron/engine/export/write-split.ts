import { AppError } from '#shared/errors.ts';
import type { OutputFolder } from './folder.ts';
import { type Candidate, mapRow } from './mapping.ts';
import type { Pace } from './pace.ts';
import type { PreparedExport } from './prepare.ts';
import type { Split } from './sampling.ts';
import type { ExportSource } from './types.ts';
import type { RowWriter, Written } from './writers/format.ts';

interface Progress {
  readonly name: string;
  readonly pace: Pace;
  /** What the splits before it hold. */
  readonly before: { readonly rows: number; readonly bytes: number };
}

/** Lines that are passed on are read this many bytes at a time; a longer one alone. */
const blockBytes = 2 << 20;

/** Writes one data file, under its partial name. */
export function writeSplit(
  source: ExportSource,
  { target, settings, columns, accounting }: PreparedExport,
  { candidates }: Split,
  folder: OutputFolder,
  { name, pace, before }: Progress,
): Promise<Written> {
  return folder.write(name, async (file) => {
    const writer = target.format(settings).create(file, columns);
    const step = (index: number): Promise<void> | undefined =>
      pace.step({
        phase: 'write',
        done: before.rows + index,
        total: accounting.rowsWritten,
        bytesWritten: before.bytes + writer.bytes,
      });
    if (target.passesLines) await passLines(source, candidates, writer, step);
    else {
      for (const [index, { row }] of candidates.entries()) {
        const waiting = step(index);
        if (waiting) await waiting;
        const mapped = mapRow(source, target, settings, row);
        if (typeof mapped === 'string') throw new AppError('changed', 'The file changed while it was exported. Open it again.');
        await writer.add(mapped.content);
      }
    }
    return writer.end();
  });
}

async function passLines(
  { index }: ExportSource,
  candidates: readonly Candidate[],
  writer: RowWriter,
  step: (index: number) => Promise<void> | undefined,
): Promise<void> {
  if (!writer.addLines) throw new TypeError('only a file of lines can pass lines on');
  for (let from = 0, to = 0; from < candidates.length; from = to) {
    const waiting = step(from);
    if (waiting) await waiting;
    let bytes = 0;
    do bytes += candidates[to++]?.bytes ?? 0;
    while (to < candidates.length && bytes < blockBytes);
    const rows = Uint32Array.from(candidates.slice(from, to), ({ row }) => row);
    await writer.addLines(index.readLines(rows), rows.length);
  }
}
