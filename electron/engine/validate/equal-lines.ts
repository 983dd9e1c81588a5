import { createHash } from 'node:crypto';
import type { DatasetIndex } from '../select/index.ts';
import type { Findings } from './rule.ts';

// Rows and positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** What equal lines have in common and columns tell, beside their length. */
const witnesses = ['reward', 'turns', 'tokens', 'tokens_in', 'rollout', '_ng_task_index'];

/** Rows between two yields. */
const rowsPerStep = 10_000;

/**
 * Lines that are, byte for byte, an earlier one. Rows that agree in length and a few numbers are candidates, and only
 * those are read from the file; equal sha256 is equal bytes.
 */
export function* searchEqualLines(index: DatasetIndex): Generator<void, Findings> {
  const rows = new Uint32Array((index.rowCount + 31) >>> 5);
  const firstOf = new Map<number, number>();
  const seen = new Map<string, number>();
  for (const row of yield* candidates(index)) {
    const digest = createHash('sha256').update(index.readLine(row)).digest('base64');
    const first = seen.get(digest);
    if (first === undefined) seen.set(digest, row);
    else {
      firstOf.set(row, first);
      rows[row >>> 5]! |= 1 << (row & 31);
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

/** Rollouts whose signature another one has, in file order. */
function* candidates(index: DatasetIndex): Generator<void, number[]> {
  const valid = index.valid();
  const numbers = witnesses.flatMap((name) => {
    const column = index.column(name);
    return column ? [column.numbers()] : [];
  });
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
  const found: number[] = [];
  for (let row = 0; row < signatures.length; row++) {
    if (row % rowsPerStep === 0) yield;
    if (valid[row] === 1 && again.has(signatures[row]!)) found.push(row);
  }
  return found;
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
