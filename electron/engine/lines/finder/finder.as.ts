// The finder's kernel, AssemblyScript compiled to WASM SIMD: passes over raw bytes at 64 a step and stops wherever a line might
// hold what is looked for. See finder.ts for the host's side; it knows nothing of lines.
//
// A needle is bytes of which some bits do not count: byte t matches where (byte | masks[t]) == values[t]. Two of its bytes, the
// rarest, are looked at in each step. With the first needle goes what else makes a place suspect: escapes \uXXXX of listed
// units, and pairs of bytes that end characters which fold with others of another length.

/** Bytes of one chunk. */
const CHUNK_MAX: usize = 256 << 10;
/** Bytes of one needle, and how many needles there may be. */
const NEEDLE_MAX: usize = 256;
const NEEDLES_MAX: usize = 16;
/** A needle's length, the places of its two rarest bytes (in order), then masks and values. */
const NEEDLE_SIZE: usize = 64 + 2 * NEEDLE_MAX;

const NEEDLES: usize = (__heap_base + 63) & ~63;
/** A bit for each UTF-16 unit. */
const UNITS: usize = NEEDLES + NEEDLES_MAX * NEEDLE_SIZE;
const IN: usize = UNITS + 8192;
/** A step may look so far behind the chunk. */
const SLACK: usize = 64 + NEEDLE_MAX;

let pairs: u32 = 0, pairA: u32 = 0, pairB: u32 = 0, pairC: u32 = 0;

/** Once, before anything else. */
export function init(): void {
  const pages = <i32>((IN + CHUNK_MAX + SLACK + 0xffff) >> 16) - memory.size();
  if (pages > 0) memory.grow(pages);
}
export function inAt(): usize { return IN; }
export function chunkMax(): usize { return CHUNK_MAX; }
export function unitsAt(): usize { return UNITS; }
export function needleAt(i: usize): usize { return NEEDLES + i * NEEDLE_SIZE; }
export function needleMax(): usize { return NEEDLE_MAX; }
export function needlesMax(): usize { return NEEDLES_MAX; }
/** How many pairs are looked for (three at most), each as its two bytes, the first the low one, and above them the byte before, if any. */
export function setPairs(count: u32, a: u32, b: u32, c: u32): void { pairs = count; pairA = a; pairB = b; pairC = c; }

// @ts-ignore: decorator
@inline function mask(a: v128, b: v128, c: v128, d: v128): u64 {
  return <u64><u32>(i8x16.bitmask(a) | (i8x16.bitmask(b) << 16)) | (<u64><u32>(i8x16.bitmask(c) | (i8x16.bitmask(d) << 16)) << 32);
}
// @ts-ignore: decorator
@inline function both(p: usize, q: usize, maskP: v128, p1: v128, maskQ: v128, q1: v128): v128 {
  return v128.and(i8x16.eq(v128.or(v128.load(p), maskP), p1), i8x16.eq(v128.or(v128.load(q), maskQ), q1));
}
// @ts-ignore: decorator
@inline function pairAt(p: usize, first: v128, second: v128): v128 {
  return v128.and(i8x16.eq(v128.load(p), first), i8x16.eq(v128.load(p, 1), second));
}
// @ts-ignore: decorator
@inline function pairBits(p: usize, pair: u32): u64 {
  const first = i8x16.splat(<i8>pair), second = i8x16.splat(<i8>(pair >> 8));
  return mask(pairAt(p, first, second), pairAt(p + 16, first, second), pairAt(p + 32, first, second), pairAt(p + 48, first, second));
}
// @ts-ignore: decorator
@inline function hex(p: usize): u32 { const c = <u32>load<u8>(p); return (c & 15) + (c >> 6) * 9; }

/** Places of pairs in 64 bytes, which are not ASCII. */
function oddBits(p: usize): u64 {
  const any = v128.or(v128.or(v128.load(p), v128.load(p, 16)), v128.or(v128.load(p, 32), v128.load(p, 48)));
  if (i8x16.bitmask(any) == 0) return 0;
  let bits = pairBits(p, pairA);
  if (pairs > 1) bits |= pairBits(p, pairB);
  if (pairs > 2) bits |= pairBits(p, pairC);
  return bits;
}

/** Whether the pair at a place has its byte before, where it wants one. */
function hasLead(at: usize): bool {
  const pair = <u32>load<u16>(at), lead = <u32>load<u8>(at - 1);
  return isPair(pairA, pair, lead) || (pairs > 1 && isPair(pairB, pair, lead)) || (pairs > 2 && isPair(pairC, pair, lead));
}
function isPair(wanted: u32, pair: u32, lead: u32): bool {
  return (wanted & 0xffff) == pair && (wanted < 0x10000 || wanted >> 16 == lead);
}

function isNeedle(needle: usize, p: usize, length: usize): bool {
  const masks = needle + 64, values = masks + NEEDLE_MAX;
  for (let t: usize = 0; t < length; t++) {
    if ((load<u8>(p + t) | load<u8>(masks + t)) != load<u8>(values + t)) return false;
  }
  return true;
}
/** Whether the escape at p is of a listed unit. */
function isListed(p: usize): bool {
  const unit = (hex(p + 2) << 12 | hex(p + 3) << 8 | hex(p + 4) << 4 | hex(p + 5)) & 0xffff;
  return (load<u8>(UNITS + <usize>(unit >> 3)) >> <u8>(unit & 7) & 1) != 0;
}

// @ts-ignore: decorator
@inline function scan(needle: usize, from: usize, to: usize, isFirst: bool, hasPairs: bool): usize {
  const length = <usize>load<u32>(needle), i = <usize>load<u32>(needle, 4), j = <usize>load<u32>(needle, 8);
  const masks = needle + 64, values = masks + NEEDLE_MAX;
  const maskI = i8x16.splat(load<i8>(masks + i)), valueI = i8x16.splat(load<i8>(values + i));
  const maskJ = i8x16.splat(load<i8>(masks + j)), valueJ = i8x16.splat(load<i8>(values + j));
  const backslash = i8x16.splat(0x5c), u = i8x16.splat(0x75);
  for (let p = from; p < to; p += 64) {
    const pi = p + i, pj = p + j;
    const a = both(pi, pj, maskI, valueI, maskJ, valueJ), b = both(pi + 16, pj + 16, maskI, valueI, maskJ, valueJ);
    const c = both(pi + 32, pj + 32, maskI, valueI, maskJ, valueJ), d = both(pi + 48, pj + 48, maskI, valueI, maskJ, valueJ);
    let any = v128.or(v128.or(a, b), v128.or(c, d));
    if (isFirst) {
      const e = pairAt(p, backslash, u), f = pairAt(p + 16, backslash, u), g = pairAt(p + 32, backslash, u), h = pairAt(p + 48, backslash, u);
      any = v128.or(any, v128.or(v128.or(e, f), v128.or(g, h)));
      const odd: u64 = hasPairs ? oddBits(p) : 0;
      if (!v128.any_true(any) && odd == 0) continue;
      const needles = mask(a, b, c, d);
      let bits = needles | mask(e, f, g, h) | odd;
      while (bits != 0) {
        const k = ctz(bits), bit: u64 = <u64>1 << k, at = p + <usize>k;
        bits &= bits - 1;
        if (needles & bit) { if (at + length <= to && isNeedle(needle, at, length)) return at; }
        if (odd & bit) { if (at + 2 <= to && hasLead(at)) return at; }
        else if (at + 6 <= to && load<u16>(at) == 0x755c && isListed(at)) return at;
      }
    } else {
      if (!v128.any_true(any)) continue;
      let bits = mask(a, b, c, d);
      while (bits != 0) {
        const at = p + <usize>ctz(bits);
        bits &= bits - 1;
        if (at + length <= to && isNeedle(needle, at, length)) return at;
      }
    }
  }
  return to;
}

/** The first place in [from, to) that is suspect for the first needle, for escapes or for pairs; `to` where there is none. */
export function findFirst(from: usize, to: usize): usize { return pairs == 0 ? scan(NEEDLES, from, to, true, false) : scan(NEEDLES, from, to, true, true); }
/** The first place in [from, to) with another needle. */
export function findOther(i: usize, from: usize, to: usize): usize { return scan(needleAt(i), from, to, false, false); }
