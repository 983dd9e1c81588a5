/** A set of row numbers: bit `row & 31` of word `row >>> 5`. Bits beyond the last row are 0. */
export type Bitset = Uint32Array;

// Every index in this file is below the array's length, so reads are never undefined: that is what `!` stands for here.
// Loops over rows count up: `for…of` over a typed array is many times slower until it has been compiled.

/** The set of none of `rowCount` rows, to be filled by `addBit` before others see it. */
export function noBits(rowCount: number): Bitset {
  return new Uint32Array((rowCount + 31) >>> 5);
}

export function addBit(bits: Bitset, row: number): void {
  bits[row >>> 5]! |= 1 << (row & 31);
}

/** The rows below `rowCount` that pass. */
export function bitsWhere(rowCount: number, test: (row: number) => boolean): Bitset {
  const bits = new Uint32Array((rowCount + 31) >>> 5);
  for (let word = 0, row = 0; word < bits.length; word++) {
    let packed = 0;
    for (const end = Math.min(row + 32, rowCount), first = row; row < end; row++) {
      if (test(row)) packed |= 1 << (row - first);
    }
    bits[word] = packed;
  }
  return bits;
}

export function hasBit(bits: Bitset, row: number): boolean {
  return ((bits[row >>> 5]! >>> (row & 31)) & 1) === 1;
}

export function andBits(a: Bitset, b: Bitset): Bitset {
  return a.map((word, i) => word & b[i]!);
}

export function orBits(a: Bitset, b: Bitset): Bitset {
  return a.map((word, i) => word | b[i]!);
}

/** The rows below `rowCount` that are not in the set. */
export function notBits(bits: Bitset, rowCount: number): Bitset {
  const result = bits.map((word) => ~word);
  const rest = rowCount & 31;
  if (rest > 0) result[result.length - 1]! &= (1 << rest) - 1;
  return result;
}

export function countBits(bits: Bitset): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) count += countOnes(bits[i]!);
  return count;
}

/** How many rows are in both. */
export function countCommon(a: Bitset, b: Bitset): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += countOnes(a[i]! & b[i]!);
  return count;
}

/** How many rows are in one of them alone. */
export function countDifferences(a: Bitset, b: Bitset): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += countOnes(a[i]! ^ b[i]!);
  return count;
}

function countOnes(word: number): number {
  let v = word - ((word >>> 1) & 0x5555_5555);
  v = (v & 0x3333_3333) + ((v >>> 2) & 0x3333_3333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** Rows number `start` to `end` of a set, ascending; clamped. */
export function rowsBetween(bits: Bitset, start: number, end: number): number[] {
  const rows: number[] = [];
  let position = 0;
  for (let word = 0; word < bits.length && position < end; word++) {
    const held = countOnes(bits[word]!);
    if (position + held > start) {
      for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) {
        if (position >= start && position < end) rows.push((word << 5) | (31 - Math.clz32(rest & -rest)));
        position++;
      }
    } else position += held;
  }
  return rows;
}

/** The set of some rows below `rowCount`. */
export function bitsOfRows(rows: Uint32Array, rowCount: number): Bitset {
  const bits = new Uint32Array((rowCount + 31) >>> 5);
  for (let i = 0; i < rows.length; i++) bits[rows[i]! >>> 5]! |= 1 << (rows[i]! & 31);
  return bits;
}

/** The rows of a set, ascending. */
export function rowsOfBits(bits: Bitset): Uint32Array {
  const rows = new Uint32Array(countBits(bits));
  let at = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) {
      rows[at++] = (word << 5) | (31 - Math.clz32(rest & -rest));
    }
  }
  return rows;
}
