// Stage 1: 64 bytes a step, finds quotes, escapes, what lies in strings, {}[]:, newlines and the first byte of every number or
// literal, and writes their addresses. Checks escapes, \u digits, control characters and UTF-8 on the way.
import { ERRORS, IN, ODD_ESCAPES, STRUCTURALS } from "./memory.as";
import { E_CONTROL, E_ESCAPE, E_HEX, E_UTF8 } from "./kinds.as";
import * as utf8 from "./utf8.as";

/** Structurals of the chunk end here. */
export let end: usize = STRUCTURALS;
/** Not 0: a number or literal runs to the very end of the chunk. */
export let scalarRuns: u64 = 0;
/** Errors of the chunk not yet taken by stage 2: [u32 address, u32 kind], the first of each line. */
export let errorFrom: usize = ERRORS;
export let errorTo: usize = ERRORS;
/** Blocks at ODD_ESCAPES end here. */
export let oddEnd: usize = ODD_ESCAPES;

// What goes on into the next block.
let inString: u64 = 0, escapedNext: u64 = 0, utf8Cut: bool = false, hexDue: u64 = 0, lineHasError: bool = false;

export function reset(): void {
  end = STRUCTURALS; scalarRuns = 0; errorFrom = ERRORS; errorTo = ERRORS;
  inString = 0; escapedNext = 0; utf8Cut = false; hexDue = 0; lineHasError = false;
}
export function takeError(): void { errorFrom += 8; }

// @ts-ignore: decorator
@inline function mask(a: v128, b: v128, c: v128, d: v128): u64 {
  return <u64><u32>(i8x16.bitmask(a) | (i8x16.bitmask(b) << 16)) | (<u64><u32>(i8x16.bitmask(c) | (i8x16.bitmask(d) << 16)) << 32);
}
// @ts-ignore: decorator
@inline function eq(a: v128, b: v128, c: v128, d: v128, x: v128): u64 {
  return mask(i8x16.eq(a, x), i8x16.eq(b, x), i8x16.eq(c, x), i8x16.eq(d, x));
}
// Every one of {}[]:, equals its own entry once bit 5 is set. 0x0C and 0x1A match too; stage 2 looks at the real byte.
// @ts-ignore: decorator
@inline function isOperator(v: v128, t: v128): v128 {
  return i8x16.eq(i8x16.swizzle(t, v128.and(v, i8x16.splat(15))), v128.or(v, i8x16.splat(0x20)));
}
// @ts-ignore: decorator
@inline function hexDigits(v: v128): v128 {
  return v128.or(i8x16.lt_u(i8x16.sub(v, i8x16.splat(0x30)), i8x16.splat(10)), i8x16.lt_u(i8x16.sub(v128.or(v, i8x16.splat(0x20)), i8x16.splat(0x61)), i8x16.splat(6)));
}
/** The bits of the next block in which \u escapes of this one still want digits. */
// @ts-ignore: decorator
@inline function carryHex(u: u64): u64 { return u >> 63 | u >> 62 | u >> 61 | u >> 60; }

/** Bits of the escaped bytes that are no legal escape. */
function checkEscapes(p: usize, odd: u64): u64 {
  let bad: u64 = 0;
  while (odd != 0) {
    const k = ctz(odd), c = <u32>load<u8>(p + <usize>k);
    odd &= odd - 1;
    if (c != 0x2f && c != 0x62 && c != 0x66 && c != 0x72 && c != 0x74) bad |= <u64>1 << k;
  }
  return bad;
}

function noteError(at: usize, kind: u32): void {
  store<u32>(errorTo, <u32>at); store<u32>(errorTo, kind, 4); errorTo += 8;
  lineHasError = true;
}

/** Keeps the first error of each line, in byte order. */
function noteErrors(p: usize, newlines: u64, badEscape: u64, badHex: u64, badUtf8: u64, badControl: u64): void {
  let all = newlines | badEscape | badHex | badUtf8 | badControl;
  while (all != 0) {
    const k = ctz(all), bit: u64 = <u64>1 << k, at = p + <usize>k;
    all &= all - 1;
    if (!lineHasError) {
      // Escapes first: bad UTF-8 at the end of a block is only found with the next one, and the answer must not depend on that.
      if ((badEscape | badHex) & bit) noteError(at, badEscape & bit ? E_ESCAPE : E_HEX);
      else if (badUtf8 & bit) noteError(k == 0 ? at - utf8.back : at, E_UTF8);
      else if (badControl & bit) noteError(at, E_CONTROL);
    }
    if (newlines & bit) lineHasError = false;
  }
}

/** Runs over the chunk of `length` bytes at IN, a multiple of 64. */
export function run(length: usize): void {
  const quote = i8x16.splat(0x22), backslash = i8x16.splat(0x5c), n = i8x16.splat(0x6e), space = i8x16.splat(0x20);
  const operators = i8x16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3a, 0x7b, 0x2c, 0x7d, 0, 0);
  errorFrom = ERRORS; errorTo = ERRORS; oddEnd = ODD_ESCAPES;
  let out = STRUCTURALS, strings = inString, due = escapedNext, runs = scalarRuns;
  const stop = IN + length;
  for (let p = IN; p < stop; p += 64) {
    const a = v128.load(p), b = v128.load(p, 16), c = v128.load(p, 32), d = v128.load(p, 48);
    const slashes = eq(a, b, c, d, backslash);
    let quotes = eq(a, b, c, d, quote), badEscape: u64 = 0, hexEscapes: u64 = 0, badHex: u64 = 0;
    if ((slashes | due) != 0) {
      // simdjson's subtraction: odd-length runs of backslashes escape the byte after them
      const isCut = <u32>due, starts = slashes & ~due;
      const codes = ((starts << 1) | 0xAAAAAAAAAAAAAAAA) - starts;
      const t = codes ^ 0xAAAAAAAAAAAAAAAA;
      const escaped = t ^ (slashes | due);
      due = (t & slashes) >> 63;
      // \n, \" and \\ are nearly all escapes; only blocks with others are looked at more closely
      const odd = escaped & ~(quotes | slashes | eq(a, b, c, d, n));
      if (odd != 0) {
        const u = odd & eq(a, b, c, d, i8x16.splat(0x75));
        if (odd != u) badEscape = checkEscapes(p, odd & ~u);
        if (HASHES && (u | (odd & eq(a, b, c, d, i8x16.splat(0x2f)))) != 0) { store<u32>(oddEnd, <u32>p | isCut); oddEnd += 4; }
        hexEscapes = u;
      }
      quotes &= ~escaped;
    }
    const hexWanted = hexDue | hexEscapes << 1 | hexEscapes << 2 | hexEscapes << 3 | hexEscapes << 4;
    if ((hexWanted | hexEscapes) != 0) { // an escape in the last bit wants digits of the next block only
      badHex = hexWanted & ~mask(hexDigits(a), hexDigits(b), hexDigits(c), hexDigits(d));
      hexDue = carryHex(hexEscapes);
    }
    let s = strings;
    if (quotes != 0) {
      s = quotes;
      s ^= s << 1; s ^= s << 2; s ^= s << 4; s ^= s << 8; s ^= s << 16; s ^= s << 32;
      s ^= strings;
    }
    // one signed comparison finds both what is below 0x20 and what is not ASCII
    const low = i8x16.min_s(i8x16.min_s(a, b), i8x16.min_s(c, d));
    let newlines: u64 = 0, blanks: u64 = 0;
    if (v128.any_true(i8x16.lt_s(low, space)) || utf8Cut || (badEscape | badHex) != 0) {
      let badUtf8: u64 = 0, badControl: u64 = 0;
      if (i8x16.bitmask(low) != 0 || utf8Cut) { utf8Cut = utf8.isCut(p); if (utf8.isBad(p)) badUtf8 = utf8.errors(p); }
      const controls = mask(i8x16.lt_u(a, space), i8x16.lt_u(b, space), i8x16.lt_u(c, space), i8x16.lt_u(d, space));
      if (controls != 0) {
        newlines = eq(a, b, c, d, i8x16.splat(10));
        // a newline ends the line even inside a string, so one bad line cannot swallow the next
        let inside = newlines & s;
        while (inside != 0) {
          const from = ~(<u64>0) << ctz(inside);
          s ^= from;
          inside = newlines & s & from;
        }
        badControl = controls & s;
        if (newlines != 0 && hexWanted != 0) { // what a cut-off \u still wants must not be asked of the next line
          badHex &= ~(newlines << 1 | newlines << 2 | newlines << 3);
          hexDue = carryHex(hexEscapes & ~(~(<u64>0) >> clz(newlines)));
        }
        blanks = eq(a, b, c, d, i8x16.splat(9)) | eq(a, b, c, d, i8x16.splat(13));
      }
      if ((badEscape | badHex | badUtf8 | badControl | newlines) != 0) noteErrors(p, newlines, badEscape, badHex, badUtf8, badControl);
    }
    if (quotes == 0 && strings != 0 && newlines == 0) continue; // wholly inside a string: three quarters of the blocks of real files
    const ops = mask(isOperator(a, operators), isOperator(b, operators), isOperator(c, operators), isOperator(d, operators));
    blanks |= eq(a, b, c, d, space);
    const scalars = ~(ops | blanks | quotes | s | newlines);
    let bits = (ops & ~s) | quotes | newlines | (scalars & ~((scalars << 1) | runs));
    runs = scalars >> 63;
    strings = <u64>(<i64>s >> 63);
    // writing four at once whatever the count spares a mispredicted branch on most blocks
    let o = out;
    out += <usize>popcnt(bits) << 2;
    for (; o < out; o += 16) {
      store<u32>(o, <u32>p + <u32>ctz(bits)); bits &= bits - 1;
      store<u32>(o, <u32>p + <u32>ctz(bits), 4); bits &= bits - 1;
      store<u32>(o, <u32>p + <u32>ctz(bits), 8); bits &= bits - 1;
      store<u32>(o, <u32>p + <u32>ctz(bits), 12); bits &= bits - 1;
    }
  }
  inString = strings; escapedNext = due; scalarRuns = runs; end = out;
}
