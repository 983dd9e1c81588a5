import { Buffer } from 'node:buffer';

// The arithmetic of kernel/hash.as.ts: words of 64 bits.
const mask = 0xffff_ffff_ffff_ffffn;
const [p1, p2, p3, p4, p5] = [
  0x9e37_79b1_85eb_ca87n,
  0xc2b2_ae3d_27d4_eb4fn,
  0x1656_67b1_9e37_79f9n,
  0x85eb_ca77_c2b2_ae63n,
  0x27d4_eb2f_1656_67c5n,
] as const;

const times = (a: bigint, b: bigint): bigint => (a * b) & mask;
const turn = (a: bigint, by: bigint): bigint => ((a << by) | (a >> (64n - by))) & mask;

function mix(hash: bigint): bigint {
  let h = times(hash ^ (hash >> 32n), p2);
  h = times(h ^ (h >> 29n), p3);
  return h ^ (h >> 32n);
}

/** Two hashes in one. */
export function hashPair(a: bigint, b: bigint): bigint {
  return mix((times(a, p1) + times(turn(b, 31n), p2)) & mask);
}

function hashBytes(bytes: Buffer): bigint {
  const lanes = [p1, p2, p3, p4] as [bigint, bigint, bigint, bigint];
  let at = 0;
  for (; at + 32 <= bytes.length; at += 32) {
    for (let lane = 0; lane < 4; lane++) lanes[lane] = turn(times((lanes[lane] ?? 0n) ^ bytes.readBigUInt64LE(at + 8 * lane), p1), 29n);
  }
  let h: bigint = p5;
  if (at > 0) for (const [i, lane] of lanes.entries()) h = i === 0 ? lane : turn(times(h ^ lane, p2), 31n);
  h ^= times(BigInt(bytes.length), p3);
  for (; at + 8 <= bytes.length; at += 8) h = turn(times(h ^ bytes.readBigUInt64LE(at), p1), 29n);
  if (at < bytes.length) {
    let word = 0n;
    for (let i = bytes.length - 1; i >= at; i--) word = (word << 8n) | BigInt(bytes[i] ?? 0);
    h = turn(times(h ^ word, p2), 31n);
  }
  return mix(h);
}

/** A key, or with `hashText` a string: the bytes that JSON.stringify writes between the quotes. */
export function hashKey(text: string): bigint {
  return hashBytes(Buffer.from(JSON.stringify(text).slice(1, -1)));
}

export function hashText(text: string): bigint {
  return (hashKey(text) + p4) & mask;
}

export const hashWords = { null: mix(1n), true: mix(2n), false: mix(3n) } as const;

const largestExponent = 100_000_000n;

/** A number as a line writes it: by its digits from the first that is not 0 to the last, and the power of ten of that. */
export function hashNumber(source: string): bigint {
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(source) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return mix(p5);
  const given = BigInt(power.replace('+', ''));
  const clamped = given > largestExponent ? largestExponent : given < -largestExponent ? -largestExponent : given;
  const exponent = BigInt(digits.length - significant.length - fraction.length) + clamped;
  const count = times(BigInt(significant.length), p3);
  const value = times(BigInt(significant) & mask, p1) ^ times(exponent & mask, p2) ^ count ^ (sign === '-' ? p4 : 0n);
  return (mix(value) + p5) & mask;
}

export function hashList(values: Iterable<bigint>): bigint {
  let [h, count] = [0n, 0n];
  for (const value of values) {
    h = turn(times(h ^ value, p1), 29n);
    count++;
  }
  return (mix(h ^ times(count, p3) ^ p3) + p3) & mask;
}

/** Of keys, each once, and the hashes of their values. */
export function hashObject(members: ReadonlyMap<string, bigint>): bigint {
  let h = 0n;
  for (const [key, value] of members) h += hashPair(hashKey(key), value);
  return (mix((h & mask) ^ times(BigInt(members.size), p3) ^ p2) + p2) & mask;
}

/** A hash as it is kept: a whole number below 2^53. */
export function keptHash(hash: bigint): number {
  return Number(hash >> 11n);
}
