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
  readonly before: { readonly rows: number; readonly bytes: number; readonly text: number };
}

/** Called before row `index` of a split, whose rows so far have so many bytes. */
type Step = (index: number, textBefore: number) => Promise<void> | undefined;

/** Lines that are passed on are read about this many bytes at a time. */
const blockBytes = 2 << 20;
const newline = 10;

/** Writes one data file, under its partial name. */
export function writeSplit(
  source: ExportSource,
  { target, settings, columns, accounting, bytes }: PreparedExport,
  { candidates }: Split,
  folder: OutputFolder,
  { name, pace, before }: Progress,
): Promise<Written> {
  return folder.write(name, async (file) => {
    const writer = target.format(settings).create(file, columns);
    const step: Step = (index, textBefore) =>
      pace.step({
        phase: 'write',
        done: before.rows + index,
        total: accounting.rowsWritten,
        bytesWritten: before.bytes + writer.bytes,
        bytesDone: before.text + textBefore,
        bytesTotal: bytes,
      });
    if (target.passesLines) await passLines(source, candidates, writer, step);
    else {
      let text = 0;
      for (const [index, { row, bytes: length }] of candidates.entries()) {
        const waiting = step(index, text);
        if (waiting) await waiting;
        text += length;
        const mapped = mapRow(source, target, settings, row);
        if (typeof mapped === 'string') throw new AppError('changed', 'The file changed while it was exported. Open it again.');
        await writer.add(mapped.content);
      }
    }
    return writer.end();
  });
}

async function passLines({ index }: ExportSource, candidates: readonly Candidate[], writer: RowWriter, step: Step): Promise<void> {
  if (!writer.addLines) throw new TypeError('only a file of lines can pass lines on');
  let text = 0;
  for (let from = 0, to = 0; from < candidates.length; from = to) {
    const waiting = step(from, text);
    if (waiting) await waiting;
    const first = candidates[from];
    if (first && first.bytes > blockBytes) {
      // A line may be of hundreds of megabytes: others have their turn while it is passed on, and it can be stopped.
      for (let at = 0; at < first.bytes; at += blockBytes) {
        await step(from, text + at);
        await writer.addLines(index.readLineSlice(first.row, at, at + blockBytes), 0);
      }
      await writer.addLines(Uint8Array.of(newline), 1);
      text += first.bytes;
      to++;
      continue;
    }
    let bytes = 0;
    while (to < candidates.length && bytes < blockBytes && (candidates[to]?.bytes ?? 0) <= blockBytes)
      bytes += candidates[to++]?.bytes ?? 0;
    const rows = Uint32Array.from(candidates.slice(from, to), ({ row }) => row);
    await writer.addLines(index.readLines(rows), rows.length);
    text += bytes;
  }
}
