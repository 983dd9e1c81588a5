// UTF-8: Keiser and Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte". Unaligned loads replace the byte shifts.

/** How far before the block the bad sequence begins that utf8Errors found at its first byte. */
export let back: i32 = 0;

// @ts-ignore: decorator
@inline function errorsOf(p: usize): v128 {
  const T1 = i8x16(2, 2, 2, 2, 2, 2, 2, 2, -128, -128, -128, -128, 0x21, 1, 0x15, 0x49);
  const T2 = i8x16(-25, -93, -125, -125, -117, -53, -53, -53, -53, -53, -53, -53, -53, -37, -53, -53);
  const T3 = i8x16(1, 1, 1, 1, 1, 1, 1, 1, -26, -82, -70, -70, 1, 1, 1, 1);
  const v = v128.load(p), p1 = v128.load(p - 1), p2 = v128.load(p - 2), p3 = v128.load(p - 3);
  const lowNibble = i8x16.splat(15);
  const special = v128.and(v128.and(
    i8x16.swizzle(T1, i8x16.shr_u(p1, 4)),
    i8x16.swizzle(T2, v128.and(p1, lowNibble))),
    i8x16.swizzle(T3, i8x16.shr_u(v, 4)));
  const must = v128.or(i8x16.sub_sat_u(p2, i8x16.splat(0x60)), i8x16.sub_sat_u(p3, i8x16.splat(0x70)));
  return v128.xor(v128.and(must, i8x16.splat(-128)), special);
}

/** Whether the 64 bytes at p hold an error. */
// @ts-ignore: decorator
@inline export function isBad(p: usize): bool {
  return v128.any_true(v128.or(v128.or(errorsOf(p), errorsOf(p + 16)), v128.or(errorsOf(p + 32), errorsOf(p + 48))));
}
/** Whether a sequence runs from the 64 bytes at p into the next ones. */
// @ts-ignore: decorator
@inline export function isCut(p: usize): bool { return <i32>(load<u8>(p, 63) >= 0xc0) + <i32>(load<u8>(p, 62) >= 0xe0) + <i32>(load<u8>(p, 61) >= 0xf0) > 0; }

// @ts-ignore: decorator
@inline function sequenceLength(c: u32): usize { return c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0; }

/** Bits of the first bytes of bad sequences, for blocks known to be bad. */
export function errors(p: usize): u64 {
  let bad: u64 = 0, i = p;
  const end = p + 64;
  back = 0;
  for (let k: usize = 1; k <= 3; k++) {
    const c = <u32>load<u8>(p - k);
    if (c >= 0xc0) { const n = sequenceLength(c); if (n == 0 || n > k) i = p - k; break; }
    if (c < 0x80) break;
  }
  while (i < end) {
    const c = <u32>load<u8>(i);
    if (c < 0x80) { i++; continue; }
    const n = sequenceLength(c);
    let ok = n != 0, k: usize = 1;
    for (; ok && k < n; k++) {
      if (i + k >= end) break;
      const x = <u32>load<u8>(i + k);
      const lo: u32 = k > 1 ? 0x80 : c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
      const hi: u32 = k > 1 ? 0xbf : c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
      if (x < lo || x > hi) ok = false;
    }
    if (!ok) {
      if (i < p) { if (back == 0) back = <i32>(p - i); bad |= 1; } else bad |= <u64>1 << <u64>(i - p);
      i++;
    } else i += k;
  }
  return bad;
}
