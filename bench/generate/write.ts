import { closeSync, openSync, writeSync } from 'node:fs';
import { lines } from './generate.ts';
import type { Plan } from './generate.ts';

/** How much to write, and in what dress. */
export interface Form {
  /** Stops after this many lines … */
  readonly rows?: number;
  /** … or after the line that reaches this many bytes, whichever comes first. */
  readonly bytes?: number;
  readonly crlf: boolean;
  readonly bom: boolean;
  /** Leaves the last line without its end, as a killed writer does. */
  readonly cutEnd: boolean;
}

const flushBytes = 4 << 20;

/** Writes a file; an older one is replaced. */
export function writeFile(path: string, plan: Plan, form: Form): { rows: number; bytes: number } {
  const file = openSync(path, 'w');
  try {
    let bytes = 0;
    for (const block of blocks(plan, form)) {
      for (let at = 0; at < block.data.length;) at += writeSync(file, block.data, at);
      bytes += block.data.length;
      if (block.last) return { rows: block.rows, bytes };
    }
    return { rows: 0, bytes };
  } finally {
    closeSync(file);
  }
}

/** The bytes of a file, a few megabytes at a time. */
export function* blocks(plan: Plan, form: Form): Generator<{ data: Buffer; rows: number; last: boolean }> {
  const newline = form.crlf ? '\r\n' : '\n';
  const limit = { rows: form.rows ?? Infinity, bytes: form.bytes ?? Infinity };
  if (limit.rows === Infinity && limit.bytes === Infinity) throw new Error('Say how much to write: rows, bytes or both.');
  const buffer = new GrowingBuffer();
  if (form.bom) buffer.push('\uFEFF');
  let written = 0;
  let rows = 0;
  for (const line of lines(plan)) {
    rows++;
    buffer.push(line);
    const last = rows >= limit.rows || written + buffer.length >= limit.bytes;
    if (!last) buffer.push(newline);
    else if (form.cutEnd) buffer.shorten(Math.ceil(line.length / 3));
    else buffer.push(newline);
    if (!last && buffer.length < flushBytes) continue;
    const data = buffer.take();
    written += data.length;
    yield { data, rows, last };
    if (last) return;
  }
}

/** Bytes to be written at once; strings are encoded in place. */
class GrowingBuffer {
  #bytes = Buffer.allocUnsafe(2 * flushBytes);
  length = 0;

  push(part: string | Buffer): void {
    const room = typeof part === 'string' ? part.length * 3 : part.length;
    if (this.length + room > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(2 * (this.length + room));
      this.#bytes.copy(larger, 0, 0, this.length);
      this.#bytes = larger;
    }
    this.length += typeof part === 'string' ? this.#bytes.write(part, this.length, 'utf8') : part.copy(this.#bytes, this.length);
  }

  shorten(bytes: number): void {
    this.length = Math.max(0, this.length - bytes);
  }

  /** What was pushed; valid until the next push. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}
