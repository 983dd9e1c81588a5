import { AppError } from '#shared/errors.ts';
import type { OutputFolder } from './folder.ts';
import { makeRow } from './mapping.ts';
import type { Pace } from './pace.ts';
import type { PreparedExport } from './prepare.ts';
import type { Split } from './sampling.ts';
import type { Example, ExportSource } from './types.ts';
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
  { examples }: Split,
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
    if (target.passesLines) await passLines(source, examples, writer, step);
    else {
      let text = 0;
      for (const [index, example] of examples.entries()) {
        const waiting = step(index, text);
        if (waiting) await waiting;
        text += example.bytes;
        const content = makeRow(source, target, settings, example);
        if (content === undefined) throw new AppError('changed', 'The file changed while it was exported. Open it again.');
        await writer.add(content);
      }
    }
    return writer.end();
  });
}

async function passLines({ index }: ExportSource, examples: readonly Example[], writer: RowWriter, step: Step): Promise<void> {
  if (!writer.addLines) throw new TypeError('only a file of lines can pass lines on');
  let text = 0;
  for (let from = 0, to = 0; from < examples.length; from = to) {
    const waiting = step(from, text);
    if (waiting) await waiting;
    const first = examples[from];
    if (first && first.bytes > blockBytes) {
      // A line may be of hundreds of megabytes: others have their turn while it is passed on, and it can be stopped.
      for (let at = 0; at < first.bytes; at += blockBytes) {
        await step(from, text + at);
        await writer.addLines(index.readLineSlice(rowOf(first), at, at + blockBytes), 0);
      }
      await writer.addLines(Uint8Array.of(newline), 1);
      text += first.bytes;
      to++;
      continue;
    }
    let bytes = 0;
    while (to < examples.length && bytes < blockBytes && (examples[to]?.bytes ?? 0) <= blockBytes) bytes += examples[to++]?.bytes ?? 0;
    const rows = Uint32Array.from(examples.slice(from, to), rowOf);
    await writer.addLines(index.readLines(rows), rows.length);
    text += bytes;
  }
}

const rowOf = ({ rows: [row = 0] }: Example): number => row;
