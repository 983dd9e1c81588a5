import { AppError } from '#shared/errors.ts';
import { type BlockRange, blocksOf } from './blocks.ts';
import { copySlice } from './copy-slice.ts';
import type { ExampleList } from './example-list.ts';
import { isCut, writtenRows } from './map-row.ts';
import type { PreparedExport } from './prepare.ts';
import type { Split } from './sampling.ts';
import type { Slice, SliceJob, WrittenBlock } from './slice.ts';
import type { ExportSource } from './types.ts';
import { answers, type Asked } from './work/answers.ts';
import { SpareBuffers } from './work/spare-buffers.ts';
import type { PlacedBlock } from './writers/format.ts';
import type { OutputFile } from './writers/output-file.ts';

/** How many blocks a split has. */
export function blockCount({ target, settings }: PreparedExport, { examples }: Split): number {
  return blocksOf(examples, target.format(settings)).length;
}

/** A split as one slice. */
export function wholeSplit(plan: PreparedExport, split: Split): Slice {
  return { split, from: 0, to: blockCount(plan, split) };
}

/**
 * Appends the blocks of a slice to a file. They are the same bytes whatever else is in the file, so slices may be written one by
 * one, at the same time or on other machines: `fileHead`, all slices in order and `fileTail` make the file.
 * Fails with `changed` where the dataset is no longer what was planned, `unreadable`, `unwritable` and `cancelled`.
 */
export async function writeSlice(
  source: ExportSource,
  plan: PreparedExport,
  slice: Slice,
  out: OutputFile,
  job: SliceJob,
): Promise<WrittenBlock[]> {
  const { target, settings } = plan;
  const { examples } = slice.split;
  const ranges = blocksOf(examples, target.format(settings)).slice(slice.from, slice.to);
  const { spool } = job;
  // What is spooled of a row is its line, unless rows are put together or completed.
  if (target.passesLines || (spool && !target.join && !isCut(target, settings))) {
    const lines = examples.range(ranges[0]?.from ?? 0, ranges.at(-1)?.to ?? 0);
    return [{ rows: lines.length, length: await copySlice(source, lines, out, target.passesLines ? { ...job, spool: undefined } : job) }];
  }
  // One by one: all of them would be an object for each row.
  const asked = function* (): Generator<BlockRange & Asked> {
    for (const range of ranges) yield { ...range, ...askFor(plan, examples.range(range.from, range.to)) };
  };
  const bytes = ranges.reduce((sum, range) => sum + textOf(examples, range), 0);
  const written: WrittenBlock[] = [];
  let [rows, text] = [0, 0];
  const { memory } = target.format(settings);
  const buffers = memory === undefined ? undefined : new SpareBuffers(memory);
  for await (const [{ from, to }, answer] of answers({ source, target, settings, pace: job.pace, spool }, asked(), bytes, buffers)) {
    if (answer.kind !== 'block') throw new TypeError('a block was asked for');
    if (!answer.block) throw new AppError('changed', 'The file changed while it was exported. Open it again.');
    const { bytes: encoded, ...block } = answer.block;
    await out.append(encoded, (written) => buffers?.give(written));
    written.push({ ...block, length: encoded.length });
    job.onRows?.((rows += to - from), (text += textOf(examples, { from, to })));
  }
  return written;
}

function askFor({ target, settings, columns }: PreparedExport, part: ExampleList): Asked {
  // Of a task of a hundred rollouts that were asked the same, one is sent.
  const examples = Array.from(part, (example) => ({ ...example, rows: writtenRows(target, settings, example) }));
  const rows = new Set(examples.flatMap((example) => example.rows));
  return { rows: Uint32Array.from(rows), ask: { kind: 'block', examples, columns } };
}

function textOf(examples: ExampleList, { from, to }: BlockRange): number {
  let bytes = 0;
  for (let i = from; i < to; i++) bytes += examples.bytesAt(i);
  return bytes;
}

/** What stands before the first block of a file. */
export function fileHead({ target, settings, columns }: PreparedExport): Uint8Array {
  return target.format(settings).head(columns);
}

/** What stands behind all blocks of a file. */
export function fileTail({ target, settings, columns }: PreparedExport, blocks: readonly WrittenBlock[]): Uint8Array {
  const format = target.format(settings);
  let start = format.head(columns).length;
  const placed = blocks.map(({ length, ...block }): PlacedBlock => {
    const at = start;
    start += length;
    return { ...block, start: at };
  });
  return format.tail(columns, placed);
}
