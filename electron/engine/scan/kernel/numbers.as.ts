// Numbers and literals: strict JSON, plus NaN and the infinities, which Python writes and which get an error of their own.
import { DELIMITERS, isDelimiter } from "./memory.as";
import { E_LITERAL, E_NAN, E_NUMBER, E_TOO_LONG, E_VALUE, F_COLUMN, K_BOOLEAN, K_NULL, K_NUMBER } from "./kinds.as";
import { cell, digitsCell, exactCell, numberCell } from "./cells.as";
import { flagsOf, meaningOf } from "./nodes.as";
import { scalarSeen } from "./facts.as";

/** Longer number tokens are refused. */
export const LONGEST: usize = 60000;

/** Set when scalar() returns 0, and for E_NAN also when it does not. */
export let error: u32 = 0;
export let errorAt: usize = 0;

// 10^0 .. 10^22 are exact doubles
const POW10: StaticArray<f64> = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

/** The first byte from p on that is no digit, eight at a time. A carry can only spoil bytes after it. */
// @ts-ignore: decorator
@inline function skipDigits(p: usize): usize {
  while (true) {
    const x = load<u64>(p) ^ 0x3030303030303030;
    const stop = ((x + 0x7676767676767676) | x) & 0x8080808080808080;
    if (stop != 0) return p + <usize>(ctz(stop) >> 3);
    p += 8;
  }
}

/** The end of the number at p, or 0 with errorAt set. */
export function numberEnd(p: usize): usize {
  let c = <u32>load<u8>(p);
  if (c == 0x2d) c = load<u8>(++p);
  if (c == 0x30) p++;
  else {
    const q = skipDigits(p);
    if (q == p) { errorAt = p; return 0; }
    p = q;
  }
  c = load<u8>(p);
  if (c == 0x2e) {
    const q = skipDigits(++p);
    if (q == p) { errorAt = p; return 0; }
    p = q;
    c = load<u8>(p);
  }
  if ((c | 0x20) == 0x65) {
    c = load<u8>(++p);
    if (c == 0x2b || c == 0x2d) p++;
    const q = skipDigits(p);
    if (q == p) { errorAt = p; return 0; }
    p = q;
  }
  return p;
}

function isInteger(p: usize, end: usize): bool {
  for (; p < end; p++) { const c = <u32>load<u8>(p); if (c == 0x2e || (c | 0x20) == 0x65) return false; }
  return true;
}

/** The number of n digits at p, at most 8: all at once (Johnny Lee's trick). */
// @ts-ignore: decorator
@inline function eightDigits(p: usize, n: usize): u64 {
  if (n == 0) return 0;
  let x = (load<u64>(p) << ((8 - <u64>n) << 3)) & 0x0f0f0f0f0f0f0f0f; // what is not there is zeros in front
  x = (x * 2561) >> 8 & 0x00ff00ff00ff00ff;
  x = (x * 6553601) >> 16 & 0x0000ffff0000ffff;
  return (x * 42949672960001) >> 32;
}
/** The number of n digits at p, at most 16. */
// @ts-ignore: decorator
@inline function digitsValue(p: usize, n: usize): u64 {
  return n <= 8 ? eightDigits(p, n) : eightDigits(p, n - 8) * 100000000 + eightDigits(p + n - 8, 8);
}

/** Reports m times ten to the power of e, which is rounded once (Clinger's fast path); false where that takes more care. */
function exactly(id: u32, negative: bool, m: u64, e: i32, offset: f64): bool {
  if (m > 9007199254740992 || e < -22 || e > 22) return false;
  const v = e < 0 ? <f64>m / POW10[-e] : <f64>m * POW10[e];
  numberCell(id, negative ? -v : v, offset);
  return true;
}

/** The number at [p, end): most have at most 16 digits and no exponent. */
function numberValue(id: u32, p: usize, end: usize, offset: f64): void {
  const negative = load<u8>(p) == 0x2d, from = negative ? p + 1 : p, point = skipDigits(from), whole = point - from;
  const isWhole = point == end, decimals: usize = isWhole ? 0 : end - point - 1;
  if (whole + decimals <= 16 && (isWhole || (load<u8>(point) == 0x2e && skipDigits(point + 1) == end))) {
    const m = digitsValue(from, whole) * <u64>POW10[<i32>decimals] + digitsValue(point + 1, decimals);
    if (exactly(id, negative, m, -<i32>decimals, offset)) return;
  }
  anyNumber(id, p, end, offset);
}

/** Digits beyond the 18th decide about rounding: such numbers are kept for others. */
function anyNumber(id: u32, p: usize, end: usize, offset: f64): void {
  const start = p, negative = load<u8>(p) == 0x2d;
  if (negative) p++;
  let m: u64 = 0, e: i32 = 0, digits: i32 = 0, point = false;
  for (; p < end; p++) {
    const c = <u32>load<u8>(p);
    if (c - 0x30 < 10) { m = m * 10 + c - 0x30; if (m != 0) digits++; if (point) e--; }
    else if (c == 0x2e) point = true;
    else {
      p++;
      const minus = load<u8>(p) == 0x2d;
      if (minus || load<u8>(p) == 0x2b) p++;
      let x: i32 = 0;
      for (; p < end; p++) if (x < 10000) x = x * 10 + load<u8>(p) - 0x30;
      e += minus ? -x : x;
      break;
    }
    if (digits > 18) break;
  }
  if (digits <= 18 && exactly(id, negative, m, e, offset)) return;
  if (isInteger(start, end)) exactCell(id, start, end - start, offset);
  else digitsCell(id, start, end - start, offset);
}

/** NaN, Infinity or -Infinity at p: its end, with error and errorAt set; else 0. */
function notANumber(p: usize): usize {
  let word = p, q: usize = 0;
  if (load<u8>(p) == 0x2d) word++;
  if (word == p && (load<u32>(p) & 0xffffff) == 0x4e614e) q = p + 3;
  else if (load<u64>(word) == 0x7974696e69666e49) q = word + 8;
  if (q == 0 || !isDelimiter(load<u8>(q))) return 0;
  error = E_NAN; errorAt = word;
  return q;
}

/** Checks, and where wanted reports, the number or literal at p. Returns its end, or 0 with error and errorAt set. */
export function scalar(p: usize, id: u32, offset: f64): usize {
  const c = <u32>load<u8>(p);
  let q: usize;
  if (c == 0x2d || c - 0x30 < 10) {
    q = numberEnd(p);
    if (q == 0 || load<u8>(DELIMITERS + load<u8>(q)) == 0) {
      const at = q == 0 ? errorAt : q, n = notANumber(p);
      if (n != 0) return n;
      if (at - p > LONGEST) { error = E_TOO_LONG; errorAt = p; }
      else { error = E_NUMBER; errorAt = at; }
      return 0;
    }
    if (q - p > LONGEST) { error = E_TOO_LONG; errorAt = p; return 0; }
    if (id != 0) {
      if (flagsOf(id) & F_COLUMN) numberValue(id, p, q, offset);
      if (meaningOf(id)) scalarSeen(id, meaningOf(id), K_NUMBER, offset);
    }
    return q;
  }
  const w = load<u32>(p);
  if (w == 0x65757274 || w == 0x6c6c756e) q = p + 4;
  else if (w == 0x736c6166 && load<u8>(p, 4) == 0x65) q = p + 5;
  else {
    q = notANumber(p);
    if (q == 0) { error = c == 0x74 || c == 0x66 || c == 0x6e ? E_LITERAL : E_VALUE; errorAt = p; }
    return q;
  }
  if (load<u8>(DELIMITERS + load<u8>(q)) == 0) { error = E_LITERAL; errorAt = q; return 0; }
  if (id != 0) {
    const kind = c == 0x6e ? K_NULL : K_BOOLEAN;
    if (flagsOf(id) & F_COLUMN) cell(id, kind, reinterpret<u64>(c == 0x74 ? 1.0 : 0.0), offset);
    if (meaningOf(id)) scalarSeen(id, meaningOf(id), kind, offset);
  }
  return q;
}

export function clearError(): void { error = 0; }
