import { createHash } from 'node:crypto';
import { addBit, noBits } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import type { Findings } from './rule.ts';

// Rows and positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** What equal lines have in common and columns tell, beside their length and hashes. */
const witnesses = ['reward', 'turns', 'tokens', 'tokens_in', 'rollout', '_ng_task_index'];

/** Rows between two yields; and lines that are hashed, of ones that are not long. */
const rowsPerStep = 10_000;
const linesPerStep = 500;
const longLine = 1 << 14;
/** Lines are read about so many bytes at a time. */
const blockBytes = 1 << 18;
const newline = 10;
/** Shorter lines are hashed here: to call for a hash costs as much as to hash this many bytes. */
const nativeFrom = 512;

/**
 * Lines that are, byte for byte, an earlier one. Rows that agree in length and a few numbers are suspects; of those the lines
 * are read, and of lines with equal short hashes the sha256 decides.
 */
export function* searchEqualLines(index: DatasetIndex): Generator<void, Findings> {
  const rows = noBits(index.rowCount);
  const firstOf = new Map<number, number>();
  const seen = new Map<string, number>();
  const alike = yield* alikeLines(index, yield* suspects(index));
  for (const { row, line } of linesOf(index, alike)) {
    const digest = createHash('sha256').update(line).digest('base64');
    const first = seen.get(digest);
    if (first === undefined) seen.set(digest, row);
    else {
      firstOf.set(row, first);
      addBit(rows, row);
    }
    yield;
  }
  return {
    rows,
    message(row) {
      const { file, line } = index.place(firstOf.get(row) ?? row);
      return `the same as line ${line}${file === index.place(row).file ? '' : ' of another file'}`;
    },
  };
}

/** Of some rows those whose line has a short hash that another one's has. */
function* alikeLines(index: DatasetIndex, among: Uint32Array): Generator<void, Uint32Array> {
  const hashes = new Uint32Array(among.length);
  const met = new SignatureSet(among.length);
  const again = new SignatureSet(among.length);
  let at = 0;
  for (const { line } of linesOf(index, among)) {
    const hash = shortHash(line);
    hashes[at++] = hash;
    if (met.has(hash)) again.add(hash);
    else met.add(hash);
    if (line.length > longLine || at % linesPerStep === 0) yield;
  }
  return among.filter((_, i) => again.has(hashes[i]!));
}

/** The lines of rows, read a block at a time; each is good until the next one is asked for. */
function* linesOf(index: DatasetIndex, rows: Uint32Array): Generator<{ row: number; line: Uint8Array }, void> {
  for (let from = 0, to = 0; from < rows.length; from = to) {
    let bytes = 0;
    do {
      const { start, end } = index.place(rows[to++]!);
      bytes += end - start;
    } while (to < rows.length && bytes < blockBytes);
    const block = index.readLines(rows.subarray(from, to));
    for (let i = from, at = 0; i < to; i++) {
      const end = block.indexOf(newline, at);
      yield { row: rows[i]!, line: block.subarray(at, end) };
      at = end + 1;
    }
  }
}

/** Rollouts whose signature another one has, in file order. */
function* suspects(index: DatasetIndex): Generator<void, Uint32Array> {
  const valid = index.valid();
  const numbers = [
    index.hash('prompt'),
    index.hash('answer'),
    ...witnesses.flatMap((name) => {
      const column = index.column(name);
      return column ? [column.numbers()] : [];
    }),
  ];
  yield;
  const signatures = new Uint32Array(index.rowCount);
  const met = new SignatureSet(index.rowCount);
  const again = new SignatureSet(index.rowCount);
  for (let row = 0; row < signatures.length; row++) {
    if (row % rowsPerStep === 0) yield;
    if (valid[row] !== 1) continue;
    const { start, end } = index.place(row);
    const signature = signatureOf(end - start, numbers, row);
    signatures[row] = signature;
    if (met.has(signature)) again.add(signature);
    else met.add(signature);
  }
  let count = 0;
  const found = new Uint32Array(index.rowCount);
  for (let row = 0; row < signatures.length; row++) {
    if (row % rowsPerStep === 0) yield;
    if (valid[row] === 1 && again.has(signatures[row]!)) found[count++] = row;
  }
  return found.subarray(0, count);
}

/** A set of 32-bit numbers that may hold a few more than were added: one bit for each value of their first bits. */
class SignatureSet {
  private readonly bits: Uint32Array;
  private readonly shift: number;

  constructor(count: number) {
    const width = Math.min(32, Math.max(10, Math.ceil(Math.log2(count + 1)) + 4));
    this.shift = 32 - width;
    this.bits = new Uint32Array(2 ** (width - 5));
  }

  add(signature: number): void {
    const at = signature >>> this.shift;
    this.bits[at >>> 5]! |= 1 << (at & 31);
  }

  has(signature: number): boolean {
    const at = signature >>> this.shift;
    return ((this.bits[at >>> 5]! >>> (at & 31)) & 1) === 1;
  }
}

const value = new Float64Array(1);
const words = new Uint32Array(value.buffer);

/** 32 bits that equal rows have in common. */
function signatureOf(length: number, numbers: readonly Float64Array[], row: number): number {
  let hash = Math.imul(length, 0x9e37_79b1);
  for (const each of numbers) {
    value[0] = each[row]!;
    hash = Math.imul(hash ^ (hash >>> 15) ^ words[0]!, 0xc2b2_ae35);
    hash = Math.imul(hash ^ (hash >>> 13) ^ words[1]!, 0x27d4_eb2f);
  }
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** 32 bits of a line's bytes (FNV-1a, or of its sha256). */
function shortHash(line: Uint8Array): number {
  if (line.length >= nativeFrom) return createHash('sha256').update(line).digest().readUInt32LE(0);
  let hash = 0x811c_9dc5;
  for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line[i]!, 0x0100_0193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
