// Bytes of keys and strings: equality, escapes.
import { DECODED } from "./memory.as";

/** Eight bytes behind either may be read. */
export function sameBytes(a: usize, b: usize, n: usize): bool {
  if (n < 8) return ((load<u64>(a) ^ load<u64>(b)) & ((<u64>1 << (<u64>n << 3)) - 1)) == 0;
  const last = n - 8;
  for (let i: usize = 0; i < last; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  return load<u64>(a + last) == load<u64>(b + last);
}

/** Whether the bytes are those of an ASCII word. */
// @ts-ignore: decorator
@inline export function is(p: usize, n: usize, word: string): bool {
  if (n != <usize>word.length) return false;
  for (let i = 0; i < word.length; i++) if (load<u8>(p + <usize>i) != <u8>word.charCodeAt(i)) return false;
  return true;
}

export function hasBackslash(p: usize, n: usize): bool {
  const backslash = i8x16.splat(0x5c);
  let i: usize = 0;
  for (; i + 16 <= n; i += 16) if (v128.any_true(i8x16.eq(v128.load(p + i), backslash))) return true;
  const rest = n - i;
  return rest != 0 && (i8x16.bitmask(i8x16.eq(v128.load(p + i), backslash)) & ((1 << <i32>rest) - 1)) != 0;
}

// @ts-ignore: decorator
@inline export function isHex(c: u32): bool { return c - 0x30 < 10 || (c | 0x20) - 0x61 < 6; }

export function hex4(p: usize): u32 {
  let v: u32 = 0;
  for (let i: usize = 0; i < 4; i++) {
    const c = <u32>load<u8>(p + i);
    if (!isHex(c)) return 0; // a bad escape: the line is down as bad already
    v = v << 4 | (c <= 0x39 ? c - 0x30 : (c | 0x20) - 0x57);
  }
  return v;
}

export function putCodePoint(o: usize, c: u32): usize {
  if (c < 0x80) { store<u8>(o, c); return o + 1; }
  if (c < 0x800) { store<u8>(o, 0xc0 | c >> 6); store<u8>(o, 0x80 | (c & 63), 1); return o + 2; }
  if (c < 0x10000) { store<u8>(o, 0xe0 | c >> 12); store<u8>(o, 0x80 | (c >> 6 & 63), 1); store<u8>(o, 0x80 | (c & 63), 2); return o + 3; }
  store<u8>(o, 0xf0 | c >> 18); store<u8>(o, 0x80 | (c >> 12 & 63), 1); store<u8>(o, 0x80 | (c >> 6 & 63), 2); store<u8>(o, 0x80 | (c & 63), 3);
  return o + 4;
}

/** Decodes escapes to DECODED and returns the length. A lone surrogate becomes three bytes (WTF-8). */
export function decode(p: usize, n: usize): usize {
  let o = DECODED;
  const end = p + n;
  while (p < end) {
    let c = <u32>load<u8>(p++);
    if (c != 0x5c) { store<u8>(o++, c); continue; }
    c = load<u8>(p++);
    if (c == 0x75) {
      c = hex4(p); p += 4;
      if ((c & 0xfc00) == 0xd800 && p + 6 <= end && load<u16>(p) == 0x755c) {
        const low = hex4(p + 2);
        if ((low & 0xfc00) == 0xdc00) { c = 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff); p += 6; }
      }
      o = putCodePoint(o, c);
      continue;
    }
    store<u8>(o++, c == 0x6e ? 10 : c == 0x74 ? 9 : c == 0x72 ? 13 : c == 0x62 ? 8 : c == 0x66 ? 12 : c);
  }
  return o - DECODED;
}

// Multipliers of XXH64; here they only spread bits.
export const P1: u64 = 0x9E3779B185EBCA87, P2: u64 = 0xC2B2AE3D27D4EB4F, P3: u64 = 0x165667B19E3779F9, P4: u64 = 0x85EBCA77C2B2AE63, P5: u64 = 0x27D4EB2F165667C5;
