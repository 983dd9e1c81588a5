// Short strings of a segment, each kept once and named by a code. Equal text has an equal code, however it was escaped.
import { DECODED, STRING_BYTES, STRING_BYTES_CAP, STRING_ENTRIES, STRING_TABLE, STRING_TABLE_SIZE, STRINGS_CAP } from "./memory.as";
import { NO_CODE } from "./kinds.as";
import { decode, hasBackslash, P1, P2, P3, P5, sameBytes } from "./text.as";

/** Longer strings stay in the file. */
export const SHORT: usize = 128;

export let count: u32 = 0;
let bytesEnd: usize = STRING_BYTES;
let seed: u64 = 0;

/** Forgets all strings. The seed keeps a hostile file from choosing strings that collide. */
export function reset(newSeed: u64): void {
  if (count != 0) memory.fill(STRING_TABLE, 0, <usize>STRING_TABLE_SIZE << 2);
  count = 0; bytesEnd = STRING_BYTES; seed = newSeed;
}

function hash(p: usize, n: usize): u64 {
  let h = seed ^ <u64>n * P3, i: usize = 0;
  for (; i + 8 <= n; i += 8) h = rotl((h ^ load<u64>(p + i)) * P1, 29);
  if (i < n) h = rotl((h ^ (load<u64>(p + i) & ((<u64>1 << (<u64>(n - i) << 3)) - 1))) * P2, 31);
  h ^= h >> 32; h *= P5; return h ^ h >> 29;
}

// @ts-ignore: decorator
@inline function entry(code: u32): usize { return STRING_ENTRIES + (<usize>code << 4); }

/** Whether a string without escapes is that of a code. */
export function isString(code: u32, p: usize, n: usize): bool {
  const e = entry(code);
  return load<u32>(e, 4) == <u32>n && sameBytes(load<u32>(e), p, n);
}

/** The code of a string as it stands between its quotes; NO_CODE when it is too long, or new and there is no room. */
export function intern(p: usize, n: usize): u32 {
  if (n > SHORT) return NO_CODE;
  if (hasBackslash(p, n)) { n = decode(p, n); p = DECODED; }
  return internText(p, n);
}

/** The same of a text without escapes, of any length. */
export function internText(p: usize, n: usize): u32 {
  const h = hash(p, n), tag = <u32>(h >> 32);
  let slot = <u32>h & (STRING_TABLE_SIZE - 1);
  while (true) {
    const at = STRING_TABLE + (<usize>slot << 2), found = load<u32>(at);
    if (found == 0) {
      if (count >= STRINGS_CAP || bytesEnd + n > STRING_BYTES + STRING_BYTES_CAP) return NO_CODE;
      const e = entry(count);
      store<u32>(e, <u32>bytesEnd); store<u32>(e, <u32>n, 4); store<u32>(e, tag, 8);
      memory.copy(bytesEnd, p, n);
      bytesEnd += n;
      store<u32>(at, ++count);
      return count - 1;
    }
    const e = entry(found - 1);
    if (load<u32>(e, 8) == tag && load<u32>(e, 4) == <u32>n && sameBytes(load<u32>(e), p, n)) return found - 1;
    slot = (slot + 1) & (STRING_TABLE_SIZE - 1);
  }
}

/** Bytes of all strings, one after the other in the order of their codes, from STRING_BYTES on. */
export function byteLength(): usize { return bytesEnd - STRING_BYTES; }
