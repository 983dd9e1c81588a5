// Canonical hashes of values: equal JSON has equal hashes, however it is written (README.md says what is equal). Values are hashed
// while the walk goes over them; a string that is cut by the end of a chunk goes on in the next.
// The functions are fixed, so that hashes of different runs compare. A file may be made to collide: who must be sure compares bytes.
import { HASH_BUCKETS, HASH_FRAMES, HASH_KEYS, IN, NORMAL, ODD_ESCAPES } from "./memory.as";
import { M_INPUT, M_OUTPUT, M_TOOLS } from "./kinds.as";
import { hasBackslash, hex4, putCodePoint, P1, P2, P3, P4, P5 } from "./text.as";
import * as structure from "./structure.as";

// What values are told apart by.
const TEXT: u64 = P4, LIST: u64 = P3, OBJECT: u64 = P2, NUMBER: u64 = P5;
const NULL: u64 = 1, TRUE: u64 = 2, FALSE: u64 = 3;

/** Deeper values, and more keys of open objects, make the row one without hashes. */
const MOST_DEEP: u32 = 1000;
const MOST_KEYS: u32 = 16000;

/** Roots: the values of which the row keeps the hash; a bit of `present` each. */
export const H_INPUT: u32 = 0, H_INSTRUCTIONS: u32 = 1, H_TOOLS: u32 = 2, H_OUTPUT: u32 = 3;
export let present: u32 = 0;
export let broken: bool = false;
const roots = new StaticArray<u64>(4);
let root: u32 = 0;

// A frame for each open container, 24 B: u64 hash so far, u64 hash of the key in hand, u32 members, u32 keys before it.
let depth: u32 = 0;
// A key of an open object, 24 B from number 1 on: u64 hash, u64 what its member adds, u32 the key before in its bucket, u32 bucket.
let keys: u32 = 0;
/** Spreads keys over buckets, so that a file cannot choose those that meet. */
let spread: u64 = P1;

// The string in hand.
let v1: u64 = 0, v2: u64 = 0, v3: u64 = 0, v4: u64 = 0, total: u64 = 0;
let from: usize = 0, isNormal: bool = false, residue: usize = 0;
/** Next block of the chunk with an escape that JSON.stringify would not write. */
let odd: usize = ODD_ESCAPES;

export function reset(seed: u64): void { spread = seed | 1; abandon(); present = 0; broken = false; }
export function beginChunk(): void { odd = ODD_ESCAPES; }
export function forgetRow(): void { present = 0; broken = false; }
export function forget(slot: u32): void { present &= ~(1 << slot); }
export function breakRow(): void { broken = true; }

// @ts-ignore: decorator
@inline function mix(h: u64): u64 { h ^= h >> 32; h *= P2; h ^= h >> 29; h *= P3; return h ^ h >> 32; }
// @ts-ignore: decorator
@inline function pair(a: u64, b: u64): u64 { return mix(a * P1 + rotl(b, 31) * P2); }

// ---------------------------------------------------------------------------------------------- bytes
function beginBytes(): void { v1 = P1; v2 = P2; v3 = P3; v4 = P4; total = 0; }

/** Takes whole stripes of 32 bytes, and answers where the rest begins. */
function stripes(p: usize, end: usize): usize {
  let a = v1, b = v2, c = v3, d = v4;
  const start = p;
  for (; p + 32 <= end; p += 32) {
    a = rotl((a ^ load<u64>(p)) * P1, 29);
    b = rotl((b ^ load<u64>(p, 8)) * P1, 29);
    c = rotl((c ^ load<u64>(p, 16)) * P1, 29);
    d = rotl((d ^ load<u64>(p, 24)) * P1, 29);
  }
  v1 = a; v2 = b; v3 = c; v4 = d;
  total += <u64>(p - start);
  return p;
}

/** The hash once the rest, of less than 32 bytes, is taken. */
function endBytes(p: usize, end: usize): u64 {
  let h = P5;
  if (total != 0) {
    h = rotl((v1 ^ v2) * P2, 31);
    h = rotl((h ^ v3) * P2, 31);
    h = rotl((h ^ v4) * P2, 31);
  }
  h ^= (total + <u64>(end - p)) * P3;
  for (; p + 8 <= end; p += 8) h = rotl((h ^ load<u64>(p)) * P1, 29);
  if (p < end) h = rotl((h ^ (load<u64>(p) & ((<u64>1 << (<u64>(end - p) << 3)) - 1))) * P2, 31);
  return mix(h);
}

function bytes(p: usize, end: usize): u64 {
  if (end - p < 32) { total = 0; return endBytes(p, end); }
  beginBytes();
  return endBytes(stripes(p, end), end);
}

// ---------------------------------------------------------------------------------------------- text
// @ts-ignore: decorator
@inline function hexDigit(v: u32): u32 { return v < 10 ? 0x30 + v : 0x57 + v; }

function putEscape(o: usize, v: u32): usize {
  store<u8>(o, 0x5c);
  const short: u32 = v == 0x22 || v == 0x5c ? v : v == 8 ? 0x62 : v == 9 ? 0x74 : v == 10 ? 0x6e : v == 12 ? 0x66 : v == 13 ? 0x72 : 0;
  if (short != 0) { store<u8>(o, short, 1); return o + 2; }
  store<u8>(o, 0x75, 1); store<u8>(o, hexDigit(v >> 12), 2); store<u8>(o, hexDigit(v >> 8 & 15), 3); store<u8>(o, hexDigit(v >> 4 & 15), 4); store<u8>(o, hexDigit(v & 15), 5);
  return o + 6;
}

/** Where normalise() stopped: before an escape that the end of the chunk cuts. */
let stopped: usize = 0;

/** Writes the bytes at [p, end) to `o` as JSON.stringify would escape them; answers the end of what is written. */
function normalise(p: usize, end: usize, o: usize, isLast: bool): usize {
  const backslash = i8x16.splat(0x5c);
  while (p < end) {
    const x = v128.load(p);
    v128.store(o, x);
    let n: usize = 16;
    const found = i8x16.bitmask(i8x16.eq(x, backslash));
    if (found != 0) n = <usize>ctz(found);
    if (n > end - p) n = end - p;
    p += n; o += n;
    if (n == 16 || p >= end) continue;
    const c = <u32>load<u8>(p, 1);
    if (!isLast && end - p < (c == 0x75 || end - p < 2 ? 12 : 2)) break;
    if (c != 0x75) {
      if (c == 0x2f) { store<u8>(o, 0x2f); o++; }
      else { store<u8>(o, 0x5c); store<u8>(o, c, 1); o += 2; }
      p += 2;
      continue;
    }
    let v = hex4(p + 2);
    p += 6;
    if ((v & 0xfc00) == 0xd800 && p + 6 <= end && load<u16>(p) == 0x755c) {
      const low = hex4(p + 2);
      if ((low & 0xfc00) == 0xdc00) { v = 0x10000 + ((v & 0x3ff) << 10) + (low & 0x3ff); p += 6; }
    }
    o = v < 0x20 || v == 0x22 || v == 0x5c || (v & 0xfffff800) == 0xd800 ? putEscape(o, v) : putCodePoint(o, v);
  }
  stopped = p;
  return o;
}

/** The first byte of [p, end) that may need another form, and begins no escape in the middle; `end` where none does. */
function firstOdd(p: usize, end: usize): usize {
  while (odd < structure.oddEnd && <usize>(load<u32>(odd) & ~1) + 64 <= p) odd += 4;
  if (odd >= structure.oddEnd) return end;
  const entry = <usize>load<u32>(odd), at = (entry & ~1) - (entry & 1);
  return at >= end ? end : at > p ? at : p;
}

/** A whole string. */
export function text(p: usize, end: usize): u64 {
  if (firstOdd(p, end) == end) return bytes(p, end) + TEXT;
  return bytes(NORMAL, normalise(p, end, NORMAL, true)) + TEXT;
}

/** A string begins at p that the end of the chunk cuts; `more` takes it up to there. */
export function beginText(p: usize, chunkEnd: usize): void { beginBytes(); from = p; isNormal = false; residue = 0; more(chunkEnd, false); }
/** It goes on from the start of a chunk, to its end. */
export function goOnText(chunkEnd: usize): void { more(chunkEnd, false); }
/** … or to its own end. */
export function endText(end: usize): u64 { more(end, true); return isNormal ? endBytes(NORMAL, NORMAL + residue) + TEXT : endBytes(from, end) + TEXT; }

/** Takes what is not yet taken, from `from` on. What is left for the next chunk lies in the last 64 bytes of this one. */
function more(end: usize, isLast: bool): void {
  if (!isNormal) {
    const at = firstOdd(from, end);
    if (at == end) {
      // the last byte may be a backslash, and the u behind it in the next chunk
      from = stripes(from, isLast ? end : end - 1);
      if (!isLast) from = IN - (end - from);
      return;
    }
    residue = at - from;
    memory.copy(NORMAL, from, residue);
    from = at;
    isNormal = true;
  }
  const o = normalise(from, end, NORMAL + residue, isLast), rest = stripes(NORMAL, o);
  residue = o - rest;
  memory.copy(NORMAL, rest, residue);
  from = IN - (end - stopped);
}

// ---------------------------------------------------------------------------------------------- numbers and literals
/** By the digits from the first that is not 0 to the last, and the power of ten of that: 1, 1.0 and 10e-1 are one number, and -0 is 0. */
function number(p: usize, end: usize): u64 {
  const negative = load<u8>(p) == 0x2d;
  if (negative) p++;
  let mantissaEnd = p, point: usize = 0, last: usize = 0;
  for (; mantissaEnd < end; mantissaEnd++) {
    const c = <u32>load<u8>(mantissaEnd);
    if (c == 0x2e) point = mantissaEnd;
    else if (c - 0x31 < 9) last = mantissaEnd;
    else if (c != 0x30) break;
  }
  if (last == 0) return mix(NUMBER);
  if (point == 0) point = mantissaEnd;
  let m: u64 = 0, digits: u64 = 0;
  for (; p <= last; p++) {
    const c = <u32>load<u8>(p);
    if (c == 0x2e) continue;
    m = m * 10 + <u64>(c - 0x30);
    if (m != 0 || digits != 0) digits++;
  }
  let exponent: i64 = last < point ? <i64>(point - 1 - last) : -<i64>(last - point);
  if (mantissaEnd < end) {
    p = mantissaEnd + 1;
    const minus = load<u8>(p) == 0x2d;
    if (minus || load<u8>(p) == 0x2b) p++;
    let x: i64 = 0;
    for (; p < end; p++) if (x < 100000000) x = x * 10 + <i64>(load<u8>(p) - 0x30);
    if (x > 100000000) x = 100000000;
    exponent += minus ? -x : x;
  }
  return mix(m * P1 ^ <u64>exponent * P2 ^ digits * P3 ^ (negative ? P4 : 0)) + NUMBER;
}

/** The number or literal of valid JSON at [p, end). */
export function scalar(p: usize, end: usize): u64 {
  const c = <u32>load<u8>(p);
  if (c == 0x6e) return mix(NULL);
  if (c == 0x74) return mix(TRUE);
  return c == 0x66 ? mix(FALSE) : number(p, end);
}

// ---------------------------------------------------------------------------------------------- containers
// @ts-ignore: decorator
@inline function frame(): usize { return HASH_FRAMES + <usize>(depth - 1) * 24; }
// @ts-ignore: decorator
@inline function keyAt(n: u32): usize { return HASH_KEYS + <usize>n * 24; }
// @ts-ignore: decorator
@inline function bucketAt(n: u32): usize { return HASH_BUCKETS + (<usize>n << 2); }

/** The value of a root follows. */
export function beginRoot(meaning: u32): void { root = meaning == M_INPUT ? H_INPUT : meaning == M_TOOLS ? H_TOOLS : meaning == M_OUTPUT ? H_OUTPUT : H_INSTRUCTIONS; }

/** A container opens. */
export function open(): void {
  if (++depth > MOST_DEEP) { broken = true; return; }
  const f = frame();
  store<u64>(f, 0); store<u32>(f, 0, 16); store<u32>(f, keys, 20);
}
/** It closes: its hash. */
export function close(isObject: bool): u64 {
  if (depth-- > MOST_DEEP) return 0;
  const f = HASH_FRAMES + <usize>depth * 24, members = <u64>load<u32>(f, 16);
  dropKeys(load<u32>(f, 20));
  return mix(load<u64>(f) ^ members * P3 ^ (isObject ? OBJECT : LIST)) + (isObject ? OBJECT : LIST);
}
function dropKeys(to: u32): void {
  for (; keys > to; keys--) { const k = keyAt(keys); store<u32>(bucketAt(load<u32>(k, 20)), load<u32>(k, 16)); }
}
/** Whatever is open is given up: the line is at its end. */
export function abandon(): void { dropKeys(0); depth = 0; }

/** A key of the innermost container, as it stands in the line. */
export function key(p: usize, n: usize): void {
  if (depth > MOST_DEEP) return;
  const h = hasBackslash(p, n) ? bytes(NORMAL, normalise(p, p + n, NORMAL, true)) : bytes(p, p + n);
  store<u64>(frame(), h, 8);
}

/** A value of the innermost container: of the key in hand, or the next of a list. */
export function member(h: u64, isObject: bool): void {
  if (depth > MOST_DEEP) return;
  const f = frame();
  if (!isObject) { store<u64>(f, rotl((load<u64>(f) ^ h) * P1, 29)); store<u32>(f, load<u32>(f, 16) + 1, 16); return; }
  const k = load<u64>(f, 8), adds = pair(k, h), before = load<u32>(f, 20), bucket = <u32>(k * spread >> 52), at = bucketAt(bucket);
  let n = load<u32>(at);
  for (; n > before; n = load<u32>(keyAt(n), 16)) {
    const known = keyAt(n);
    if (load<u64>(known) != k) continue;
    store<u64>(f, load<u64>(f) + adds - load<u64>(known, 8)); // the last of equal keys counts
    store<u64>(known, adds, 8);
    return;
  }
  if (keys == MOST_KEYS) { broken = true; return; }
  const made = keyAt(++keys);
  store<u64>(made, k); store<u64>(made, adds, 8); store<u32>(made, load<u32>(at), 16); store<u32>(made, bucket, 20);
  store<u32>(at, keys);
  store<u64>(f, load<u64>(f) + adds); store<u32>(f, load<u32>(f, 16) + 1, 16);
}

/** The value of the root is known; null is as good as none. */
export function rootDone(h: u64): void { roots[root] = h; if (h != mix(NULL)) present |= 1 << root; }

// ---------------------------------------------------------------------------------------------- the row
// @ts-ignore: decorator
@inline function whole(h: u64): f64 { return <f64>(h >> 11); }
export function has(slot: u32): bool { return !broken && (present >> slot & 1) != 0; }
export function valueOf(slot: u32): f64 { return whole(roots[slot]); }
/** Input and instructions in one. */
export function promptValue(): f64 { return whole(pair(roots[H_INPUT], (present >> H_INSTRUCTIONS & 1) != 0 ? roots[H_INSTRUCTIONS] : 0)); }
