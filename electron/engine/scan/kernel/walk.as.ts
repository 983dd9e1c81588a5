// Stage 2: walks the structurals with a state machine and a stack of containers: grammar, numbers, literals, wanted fields.
// It can stop after any structural and go on with the next chunk, so a line is never whole in memory and may be of any length.
// HASHES is a constant of the compiler: one build takes hashes on the way (hash.as.ts), the other leaves out all code for them.
import { DELIMITERS, HEAD_FROM, IN, STACK, STACK_CAP, STRUCTURALS, TOKEN, TOKEN_CAP } from "./memory.as";
import { E_ARRAY_NEXT, E_COLON, E_DEPTH, E_KEY, E_KEY_OR_END, E_NAN, E_OBJECT_NEXT, E_ROOT, E_TRAILING, E_UNTERMINATED, E_VALUE, E_VALUE_OR_END,
  F_COLUMN, F_HASH, F_IN_ITEM, F_ITEM, F_PART, F_VOLATILE, K_ARRAY, K_BOOLEAN, K_NULL, K_NUMBER, K_OBJECT, K_STRING } from "./kinds.as";
import * as cells from "./cells.as";
import { cell, fileOffset, full } from "./cells.as";
import * as facts from "./facts.as";
import * as hash from "./hash.as";
import * as nodes from "./nodes.as";
import { child, elementOf, flagsOf, meaningOf } from "./nodes.as";
import * as numbers from "./numbers.as";
import { LONGEST, numberEnd, scalar } from "./numbers.as";
import * as structure from "./structure.as";

/** Bytes of a wanted string that are kept over the end of a chunk: a longer one is none of the words we know, however it is escaped. */
const KEPT: usize = 512;

const S_LINE = 0, S_KEY_OR_END = 1, S_KEY = 2, S_KEY_END = 3, S_COLON = 4, S_VALUE_OR_END = 5, S_VALUE = 6, S_STRING_END = 7, S_SEPARATOR = 8, S_SCALAR_END = 9, S_SKIP = 10;
// A container: the node whose keys or elements are wanted << 3 | whether its values are hashed << 2 | its kind.
const C_LINE: u32 = 0, C_OBJECT: u32 = 1, C_ARRAY: u32 = 2, C_HASHED: u32 = 4;

// Where the walk stands between two chunks.
let state: i32 = S_LINE, next: usize = STRUCTURALS, top: usize = STACK, container: u32 = 0, value: u32 = 0, valueHashed: u32 = 0, keyAt: usize = 0, chunkEnd: usize = IN;
let tokenLength: usize = 0, tokenFull: bool = false, tokenOffset: f64 = 0;
/** File offset of the first byte of the string being read. */
let stringOffset: f64 = 0;
/** Address of a value right after `[`, and whether the token that was cut is one: for the words of an error. */
let firstValue: usize = 0, tokenIsFirst: bool = false;

// The line.
let lineStart: f64 = 0, lineNumber: u32 = 0, rootKind: u32 = 0, failKind: u32 = 0, failOffset: f64 = 0, nanOffset: f64 = -1;
/** An error of stage 1 in a chunk before. */
let earlierKind: u32 = 0, earlierOffset: f64 = 0;
/** Blank lines of the stream. */
export let blankLines: u32 = 0;

export function reset(offset: f64): void {
  state = S_LINE; next = STRUCTURALS; top = STACK; container = 0; chunkEnd = IN; tokenLength = 0; tokenFull = false;
  lineStart = offset; lineNumber = 0; failKind = 0; nanOffset = -1; earlierKind = 0; blankLines = 0;
  if (HASHES) hash.abandon();
  facts.forget();
}

/** A chunk of `length` bytes lies at IN, its structurals found. */
export function begin(length: usize): void { chunkEnd = IN + length; next = STRUCTURALS; firstValue = 0; hash.beginChunk(); }
export function lastChunk(): usize { return chunkEnd - IN; }

/** What must be known of a chunk before the next one overwrites it. */
export function leave(): void {
  if (structure.errorFrom < structure.errorTo) { earlierKind = load<u32>(structure.errorFrom, 4); earlierOffset = fileOffset(load<u32>(structure.errorFrom)); }
  memory.copy(HEAD_FROM + 64, chunkEnd - 64, 64);
}

// @ts-ignore: decorator
@inline function fail(kind: u32, at: usize): void { failKind = kind; failOffset = fileOffset(at); }

function keep(from: usize, to: usize, cap: usize): void {
  if (tokenFull) return;
  let n = to - from;
  if (tokenLength + n > cap) { tokenFull = true; n = cap - tokenLength; }
  memory.copy(TOKEN + tokenLength, from, n);
  tokenLength += n;
}
function dropToken(): void { tokenLength = 0; tokenFull = false; }

function kindOfScalar(p: usize): u32 { const c = load<u8>(p); return c == 0x6e ? K_NULL : c == 0x74 || c == 0x66 ? K_BOOLEAN : K_NUMBER; }

function noteNan(offset: f64): void { numbers.clearError(); if (nanOffset < 0) nanOffset = offset; }

// ---------------------------------------------------------------------------------------------- wanted keys and values
function keySeen(id: u32): void {
  const flags = flagsOf(id), meaning = meaningOf(id);
  if ((flags & F_IN_ITEM) == 0 && nodes.seenTwice(id, cells.row)) cells.resetCell(id);
  if (meaning != 0) facts.keySeen(id, meaning);
}

function hashKey(p: usize, n: usize): void {
  if (tokenFull || n > TOKEN_CAP) hash.breakRow();
  else hash.key(p, n);
}

/** A whole string lies at [p, end). */
function stringValue(id: u32, p: usize, end: usize): void {
  const meaning = meaningOf(id);
  if (meaning != 0) facts.stringSeen(id, meaning, p, <f64>(end - p), stringOffset);
  if (flagsOf(id) & F_COLUMN) cells.stringCell(id, p, end - p, stringOffset);
}

// @ts-ignore: decorator
@inline function keepsString(id: u32): bool { return (flagsOf(id) & F_COLUMN) != 0 || facts.wantsBytes(meaningOf(id)); }

/** The string that was cut ends before p. Only short ones were kept; the others are known by their place. */
function cutStringValue(id: u32, p: usize): void {
  if (!keepsString(id)) facts.stringSeen(id, meaningOf(id), 0, fileOffset(p) - stringOffset, stringOffset);
  else {
    keep(IN, p, TOKEN_CAP);
    if (!tokenFull) stringValue(id, TOKEN, TOKEN + tokenLength);
    else if (flagsOf(id) & F_COLUMN) cells.placeCell(id, stringOffset);
    else facts.longStringSeen(meaningOf(id), stringOffset);
  }
  dropToken();
}

/** What the walk needs to know of the opened object: the node whose keys are wanted, or 0. */
function openObject(id: u32, p: usize): u32 {
  if (meaningOf(id) != 0) facts.objectSeen(id, meaningOf(id), fileOffset(p));
  if (flagsOf(id) & F_COLUMN) cell(id, K_OBJECT, 0, fileOffset(p));
  return nodes.wantsKeys(id) ? id : 0;
}
function openArray(id: u32, p: usize): void {
  if (meaningOf(id) != 0) facts.arraySeen(id, meaningOf(id), fileOffset(p));
  if (flagsOf(id) & F_COLUMN) cell(id, K_ARRAY, 0, fileOffset(p));
}
// @ts-ignore: decorator
@inline function closeObject(here: u32): void {
  if (here > 7 && (flagsOf(here >> 3) & (F_ITEM | F_PART)) != 0) facts.objectDone(meaningOf(here >> 3));
}

/** A value of the container `here` is hashed. */
// @ts-ignore: decorator
@inline function hashed(here: u32, h: u64): void {
  if ((here & C_HASHED) != 0) hash.member(h, (here & 3) == C_OBJECT);
  else hash.rootDone(h);
}

// ---------------------------------------------------------------------------------------------- lines
function endRow(at: usize): void {
  let kind = failKind, offset = failOffset;
  if (earlierKind != 0 && (kind == 0 || earlierOffset <= offset)) { kind = earlierKind; offset = earlierOffset; }
  while (structure.errorFrom < structure.errorTo && load<u32>(structure.errorFrom) <= <u32>at) {
    const o = fileOffset(load<u32>(structure.errorFrom));
    if (kind == 0 || o <= offset) { kind = load<u32>(structure.errorFrom, 4); offset = o; }
    structure.takeError();
  }
  if (nanOffset >= 0 && (kind == 0 || nanOffset < offset)) { kind = kind == 0 ? E_NAN : E_VALUE; offset = nanOffset; }
  if (HASHES) hash.abandon();
  const end = fileOffset(at);
  cells.line(lineStart, end, offset, kind, rootKind, lineNumber++);
  if (kind != 0) { cells.dropRow(); facts.forget(); }
  else facts.report();
  cells.nextRow();
  failKind = 0; earlierKind = 0; nanOffset = -1; lineStart = end + 1; top = STACK;
}

// The cases fall through in the order tokens come in well-formed JSON, so the common path never goes back to the
// switch; yet each is a place to stop at the end of a chunk and to go on from. `here` is the innermost container:
// as C_… say. Returns true when the host must drain first.
export function run(): bool {
  let i = next, st = state, sp = top, at: usize = keyAt, here: u32 = container, id: u32 = value, isHashed: u32 = valueHashed, ch: u32 = 0;
  const end = structure.end;
  while (true) {
    switch (st) {
      case S_LINE: {
        if (i >= end) { st = S_LINE; break; }
        const p = <usize>load<u32>(i);
        if (load<u8>(p) == 10) { i += 4; blankLines++; lineNumber++; lineStart = fileOffset(p) + 1; st = S_LINE; continue; }
        if (full()) { state = S_LINE; next = i; return true; }
        sp = STACK; here = C_LINE; id = 1; isHashed = 0; rootKind = 0;
        st = S_VALUE; continue;
      }
      case S_KEY_OR_END: {
        if (i >= end) { st = S_KEY_OR_END; break; }
        const p = <usize>load<u32>(i);
        ch = load<u8>(p);
        if (ch == 0x7d) {
          i += 4;
          closeObject(here);
          const was = here;
          sp -= 4; here = load<u32>(sp);
          if (HASHES && (was & C_HASHED) != 0) hashed(here, hash.close(true));
          st = S_SEPARATOR; continue;
        }
        if (ch != 0x22) { fail(E_KEY_OR_END, p); st = S_SKIP; continue; }
        st = S_KEY; continue;
      }
      case S_SEPARATOR: {
        if (i >= end) { st = S_SEPARATOR; break; }
        let p = <usize>load<u32>(i);
        ch = load<u8>(p);
        while ((ch == 0x7d && (here & 3) == C_OBJECT) || (ch == 0x5d && (here & 3) == C_ARRAY)) {
          i += 4;
          if (ch == 0x7d) closeObject(here);
          const was = here;
          sp -= 4; here = load<u32>(sp);
          if (HASHES && (was & C_HASHED) != 0) hashed(here, hash.close(ch == 0x7d));
          if (i >= end) break;
          p = <usize>load<u32>(i);
          ch = load<u8>(p);
        }
        if (i >= end) { st = S_SEPARATOR; break; }
        if (ch != 0x2c || here == C_LINE) {
          if (ch == 10 && here == C_LINE) { i += 4; endRow(p); st = S_LINE; continue; }
          fail(here == C_LINE ? E_TRAILING : (here & 3) == C_OBJECT ? E_OBJECT_NEXT : E_ARRAY_NEXT, p);
          st = S_SKIP; continue;
        }
        i += 4;
        if (here == C_ARRAY) { // token ids and log-probabilities: long runs of "number,"
          while (i + 4 < end) {
            const q = <usize>load<u32>(i), c = <u32>load<u8>(q);
            if (c != 0x2d && c - 0x30 >= 10) break;
            const r = numberEnd(q);
            if (r != <usize>load<u32>(i, 4) || load<u8>(r) != 0x2c || r - q > LONGEST) break;
            i += 8;
          }
          id = 0; isHashed = 0; st = S_VALUE; continue;
        }
        if ((here & 3) == C_ARRAY) { id = elementOf(here >> 3); if (HASHES) isHashed = here & C_HASHED; st = S_VALUE; continue; }
      }
      case S_KEY: {
        if (i >= end) { st = S_KEY; break; }
        const p = <usize>load<u32>(i);
        if (load<u8>(p) != 0x22) { fail(E_KEY, p); st = S_SKIP; continue; }
        at = p + 1; i += 4;
      }
      case S_KEY_END: {
        if (i >= end) {
          if (here > 3) keep(st == S_KEY_END ? IN : at, chunkEnd, TOKEN_CAP);
          st = S_KEY_END; break;
        }
        const p = <usize>load<u32>(i);
        if (load<u8>(p) != 0x22) { fail(E_UNTERMINATED, p); dropToken(); st = S_SKIP; continue; }
        i += 4;
        id = 0;
        if (HASHES) isHashed = here & C_HASHED;
        if (here > 3) {
          if (st == S_KEY_END) {
            keep(IN, p, TOKEN_CAP);
            if (HASHES && isHashed != 0) hashKey(TOKEN, tokenLength);
            if (tokenFull) nodes.dropKey(here >> 3);
            else if (here > 7) id = child(here >> 3, TOKEN, tokenLength);
            dropToken();
          } else {
            if (HASHES && isHashed != 0) hashKey(at, p - at);
            if (here > 7) id = child(here >> 3, at, p - at);
          }
          if (id != 0) {
            keySeen(id);
            const flags = flagsOf(id);
            if (HASHES && (flags & (F_HASH | F_VOLATILE)) != 0) {
              if ((flags & F_HASH) != 0) { isHashed = C_HASHED; hash.beginRoot(meaningOf(id)); }
              else isHashed = 0;
            }
          }
        }
      }
      case S_COLON: {
        if (i >= end) { st = S_COLON; break; }
        const p = <usize>load<u32>(i);
        if (load<u8>(p) != 0x3a) { fail(E_COLON, p); st = S_SKIP; continue; }
        i += 4;
      }
      case S_VALUE: {
        if (i >= end) { st = S_VALUE; break; }
        const p = <usize>load<u32>(i);
        i += 4;
        ch = load<u8>(p);
        if (ch == 0x22) {
          if (here == C_LINE) rootKind = K_STRING;
          at = p + 1;
          if (id != 0) stringOffset = fileOffset(at);
          if (i >= end) { if (HASHES && isHashed != 0) hash.beginText(at, chunkEnd); if (id != 0 && keepsString(id)) keep(at, chunkEnd, KEPT); st = S_STRING_END; break; }
          const q = <usize>load<u32>(i);
          if (load<u8>(q) != 0x22) { fail(E_UNTERMINATED, q); st = S_SKIP; continue; }
          i += 4;
          if (id != 0) stringValue(id, at, q);
          if (HASHES && isHashed != 0) hashed(here, hash.text(at, q));
        } else if (ch == 0x7b || ch == 0x5b) {
          if (sp >= STACK + STACK_CAP - 8) { fail(E_DEPTH, p); i -= 4; st = S_SKIP; continue; }
          store<u32>(sp, here); sp += 4;
          if (HASHES && isHashed != 0) hash.open();
          if (ch == 0x7b) {
            if (here == C_LINE) rootKind = K_OBJECT;
            here = (id != 0 ? openObject(id, p) << 3 | C_OBJECT : C_OBJECT) | (HASHES ? isHashed : 0);
            st = S_KEY_OR_END;
          } else {
            if (here == C_LINE) { rootKind = K_ARRAY; id = 0; }
            if (id != 0) { openArray(id, p); const element = elementOf(id); here = (element != 0 ? id << 3 | C_ARRAY : C_ARRAY) | (HASHES ? isHashed : 0); id = element; }
            else here = C_ARRAY | (HASHES ? isHashed : 0);
            st = S_VALUE_OR_END;
          }
          continue;
        } else {
          if (i >= end && structure.scalarRuns != 0) { // runs to the very end of the chunk
            tokenOffset = fileOffset(p); tokenIsFirst = firstValue == p; keep(p, chunkEnd, TOKEN_CAP);
            st = S_SCALAR_END; break;
          }
          if (here == C_LINE) rootKind = kindOfScalar(p);
          const q = scalar(p, id, id != 0 ? fileOffset(p) : 0);
          if (q == 0) {
            const kind = numbers.error;
            fail(kind != E_VALUE ? kind : here == C_LINE ? E_ROOT : firstValue == p ? E_VALUE_OR_END : E_VALUE, numbers.errorAt);
            i -= 4; st = S_SKIP; continue;
          }
          if (HASHES && isHashed != 0) hashed(here, hash.scalar(p, q));
          if (numbers.error == E_NAN) noteNan(fileOffset(numbers.errorAt));
        }
        st = S_SEPARATOR; continue;
      }
      case S_VALUE_OR_END: {
        if (i >= end) { st = S_VALUE_OR_END; break; }
        const p = <usize>load<u32>(i);
        if (load<u8>(p) == 0x5d) {
          i += 4;
          const was = here;
          sp -= 4; here = load<u32>(sp);
          if (HASHES && (was & C_HASHED) != 0) hashed(here, hash.close(false));
          st = S_SEPARATOR; continue;
        }
        firstValue = p;
        st = S_VALUE; continue;
      }
      case S_STRING_END: { // only after a cut
        if (i >= end) { if (HASHES && isHashed != 0) hash.goOnText(chunkEnd); if (id != 0 && keepsString(id)) keep(IN, chunkEnd, KEPT); break; }
        const p = <usize>load<u32>(i);
        if (load<u8>(p) != 0x22) { fail(E_UNTERMINATED, p); dropToken(); st = S_SKIP; continue; }
        i += 4;
        if (HASHES && isHashed != 0) hashed(here, hash.endText(p));
        if (id != 0) cutStringValue(id, p);
        st = S_SEPARATOR; continue;
      }
      case S_SCALAR_END: { // only after a cut
        let q = IN;
        while (q < chunkEnd && load<u8>(DELIMITERS + load<u8>(q)) == 0) q++;
        keep(IN, q, TOKEN_CAP);
        if (q == chunkEnd) break;
        store<u64>(TOKEN + tokenLength, 0x2020202020202020);
        if (here == C_LINE) rootKind = kindOfScalar(TOKEN);
        // one that fills the buffer is too long, unless it goes wrong before
        const tokenEnd = scalar(TOKEN, id, tokenOffset);
        let failed = tokenEnd == 0 ? numbers.error : 0;
        const failedAt = tokenOffset + <f64>(numbers.errorAt - TOKEN);
        dropToken();
        if (failed != 0) {
          if (failed == E_VALUE) failed = here == C_LINE ? E_ROOT : tokenIsFirst ? E_VALUE_OR_END : E_VALUE;
          failKind = failed; failOffset = failedAt; st = S_SKIP; continue;
        }
        if (HASHES && isHashed != 0) hashed(here, hash.scalar(TOKEN, tokenEnd));
        if (numbers.error == E_NAN) noteNan(failedAt);
        st = S_SEPARATOR; continue;
      }
      case S_SKIP: {
        while (i < end && load<u8>(load<u32>(i)) != 10) i += 4;
        if (i >= end) { st = S_SKIP; break; }
        endRow(load<u32>(i));
        i += 4; st = S_LINE; continue;
      }
    }
    break;
  }
  state = st; next = i; top = sp; container = here; value = id; valueHashed = isHashed; keyAt = at;
  return false;
}
