import type { ExampleList } from './example-list.ts';
import type { ExportSource } from './types.ts';
import type { SliceJob } from './slice.ts';
import type { Spool } from './spool.ts';
import { onThreads } from './work/answers.ts';
import type { CopyRequest } from './work/messages.ts';
import { SpareBuffers } from './work/spare-buffers.ts';
import type { OutputFile } from './writers/output-file.ts';

/** Lines are copied about this many bytes at a time. */
const partBytes = 1 << 20;
/** What they need at most, but for the last line of many, which may be as long again. */
const bufferBytes = 2 * partBytes + (64 << 10);
const newline = 10;

/** So many whole lines, or a part of a long one. */
interface Part {
  readonly rows: readonly number[];
  /** Of a line longer than a part: what of it. */
  readonly slice?: { readonly from: number; readonly to: number; readonly isLast: boolean };
  readonly bytes: number;
}

/**
 * Appends the lines of a slice as they are, or as planning has spooled them. A line may be of hundreds of megabytes: others have
 * their turn while it is passed on, and it can be stopped.
 */
export async function copySlice(source: ExportSource, examples: ExampleList, out: OutputFile, job: SliceJob): Promise<number> {
  const bytes = examples.bytes + examples.length;
  let [rows, text] = [0, 0];
  const told = (part: Part): void => {
    const ended = part.slice && !part.slice.isLast ? 0 : part.rows.length;
    // A newline behind each is not of its text.
    job.onRows?.((rows += ended), (text += part.bytes - ended));
  };
  const pool = source.threads?.poolFor(bytes);
  const parts = partsOf(examples);
  // Until threads have started, which takes longer than many a file, this one copies.
  while (!pool || (!pool.isReady && !job.spool)) {
    const next = parts.next();
    if (next.done) return bytes;
    await out.append(readPart(source, next.value));
    told(next.value);
    await job.pace.turn();
  }
  let at = out.bytes;
  const asked = function* (): Generator<{ part: Part; at: number }> {
    for (const part of parts) {
      yield { part, at };
      at += part.bytes;
    }
  };
  const from = job.spool ? spooledLines(job.spool) : linesOf(source);
  const buffers = new SpareBuffers(bufferBytes);
  const copied = onThreads(pool, job.pace, asked(), async ({ part, at: place }, threads) => {
    const into = buffers.take(part.bytes);
    const answer = await threads.run(copyRequest(from, part, { fd: out.fd, at: place, folder: job.folder }, into), [into]);
    return answer?.kind === 'copied' ? answer.bytes : undefined;
  });
  for await (const [{ part }, copy] of copied) {
    await out.appended(copy);
    buffers.give(copy);
    told(part);
  }
  source.threads?.verify();
  return bytes;
}

function* partsOf(examples: ExampleList): Generator<Part> {
  for (let from = 0, to = 0; from < examples.length; from = to) {
    const length = examples.bytesAt(from);
    if (length > partBytes) {
      const rows = [examples.firstRowAt(to++)];
      for (let start = 0; start < length; start += partBytes) {
        const end = Math.min(length, start + partBytes);
        const isLast = end === length;
        yield { rows, slice: { from: start, to: end, isLast }, bytes: end - start + (isLast ? 1 : 0) };
      }
      continue;
    }
    let bytes = 0;
    while (to < examples.length && bytes < partBytes && examples.bytesAt(to) <= partBytes) bytes += examples.bytesAt(to++) + 1;
    yield { rows: [...examples.range(from, to).firstRows()], bytes };
  }
}

function readPart({ index }: ExportSource, { rows, slice }: Part): Uint8Array {
  if (!slice) return index.readLines(Uint32Array.from(rows));
  const bytes = index.readLineSlice(rows[0] ?? 0, slice.from, slice.to);
  return slice.isLast ? Buffer.concat([bytes, Uint8Array.of(newline)]) : bytes;
}

/** Where lines lie, and the files that they lie in. */
interface Lines {
  place(row: number): { readonly file: number; readonly start: number; readonly end: number };
  file(file: number): { readonly fd: number; readonly path: string };
}

function linesOf({ index, threads }: ExportSource): Lines {
  return {
    place: (row) => index.place(row),
    file(file) {
      if (!threads) throw new TypeError('only threads are sent files');
      return threads.file(file);
    },
  };
}

function spooledLines(spool: Spool): Lines {
  return { place: (row) => ({ file: 0, ...spool.place(row) }), file: () => ({ fd: spool.fd, path: 'the spooled rows' }) };
}

/** Lines that follow each other with nothing but a newline between are one stretch of the file. */
function copyRequest(lines: Lines, { rows, slice }: Part, to: CopyRequest['to'], into: ArrayBuffer): CopyRequest {
  const from: { file: number; start: number; end: number }[] = [];
  for (const row of rows) {
    const { file, start, end } = lines.place(row);
    const last = from.at(-1);
    if (last && last.file === file && last.end + 1 === start) last.end = end;
    else from.push(slice ? { file, start: start + slice.from, end: start + slice.to } : { file, start, end });
  }
  const files = new Map([...new Set(from.map(({ file }) => file))].map((file) => [file, lines.file(file)]));
  return {
    kind: 'copy',
    from: from.flatMap(({ file, start, end }) => {
      const sent = files.get(file);
      return sent ? [{ ...sent, start, end }] : [];
    }),
    newlines: !slice || slice.isLast,
    to,
    into,
  };
}
