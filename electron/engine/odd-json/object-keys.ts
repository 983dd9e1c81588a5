import { decodeWtf8 } from '../scan/wtf8.ts';
import { decodeInto } from './decoded-key.ts';

// Entries are below `count`, offsets below the arrays' lengths: that is what `!` stands for here.

/** Objects with more keys get a map of their own. */
const fewKeys = 16;
const textBytes = 200;
/** Whoever writes a file cannot know which keys will have the same hash. */
const seed = Math.floor(Math.random() * 2 ** 32) | 0;

/**
 * The keys of the objects that are open at a place of a line, those of the outermost first. Keys are compared by the texts they stand for,
 * without making strings: hashes first, bytes where hashes meet.
 */
export class ObjectKeys {
  /** Keys of all open objects. */
  count = 0;
  private line: Uint8Array = new Uint8Array(0);
  /** Texts of keys that are written with escapes. */
  private decoded = new Uint8Array(0);
  private hashes = new Int32Array(64);
  /** In the line; below zero: in `decoded`, from -1 - start on. */
  private starts = new Float64Array(64);
  private lengths = new Float64Array(64);
  /** How much of `decoded` is taken by the keys up to each. */
  private ends = new Float64Array(64);
  /** The key of the same object and hash before it, or -1; for objects with a map. */
  private earlier = new Int32Array(64);
  /** By the first key of an object: the latest key of each hash. */
  private readonly maps = new Map<number, Map<number, number>>();

  begin(line: Uint8Array): void {
    this.line = line;
    this.count = 0;
    this.maps.clear();
    if (this.decoded.length > 1 << 16) this.decoded = new Uint8Array(0);
  }

  /** Takes the key at bytes [start, end) of the object whose first key has this number; true where the object has it already. */
  add(first: number, start: number, end: number, isEscaped: boolean): boolean {
    const key = this.count;
    if (key === this.hashes.length) this.grow();
    this.starts[key] = start;
    this.lengths[key] = end - start;
    this.ends[key] = key === 0 ? 0 : this.ends[key - 1]!;
    if (isEscaped) this.decode(key, start, end);
    const hash = (this.hashes[key] = this.hash(key));
    this.count++;
    if (key - first >= fewKeys) return this.isMapped(first, key, hash);
    for (let other = first; other < key; other++) if (this.hashes[other] === hash && this.isEqual(other, key)) return true;
    return false;
  }

  /** Forgets the keys of the innermost object. */
  drop(first: number): void {
    this.count = first;
    if (this.maps.size > 0) this.maps.delete(first);
  }

  /** The text of a key, or its beginning. */
  text(key: number): string {
    return decodeWtf8(Uint8Array.from(this.bytes(key).subarray(0, textBytes)));
  }

  private isMapped(first: number, key: number, hash: number): boolean {
    let map = this.maps.get(first);
    if (!map) {
      this.maps.set(first, (map = new Map()));
      for (let other = first; other < key; other++) this.link(map, other);
    }
    const latest = map.get(hash) ?? -1;
    for (let other = latest; other >= 0; other = this.earlier[other]!) if (this.isEqual(other, key)) return true;
    this.link(map, key);
    return false;
  }

  private link(map: Map<number, number>, key: number): void {
    const hash = this.hashes[key]!;
    this.earlier[key] = map.get(hash) ?? -1;
    map.set(hash, key);
  }

  private decode(key: number, start: number, end: number): void {
    const at = this.ends[key]!;
    if (at + end - start > this.decoded.length) {
      const room = new Uint8Array(Math.max(256, (at + end - start) * 2));
      room.set(this.decoded.subarray(0, at));
      this.decoded = room;
    }
    this.ends[key] = decodeInto(this.decoded, at, this.line, start, end);
    this.lengths[key] = this.ends[key]! - at;
    this.starts[key] = -1 - at;
  }

  private bytes(key: number): Uint8Array {
    const start = this.starts[key]!;
    const length = this.lengths[key]!;
    return start >= 0 ? this.line.subarray(start, start + length) : this.decoded.subarray(-1 - start, -1 - start + length);
  }

  private hash(key: number): number {
    const isDecoded = this.starts[key]! < 0;
    const bytes = isDecoded ? this.decoded : this.line;
    const start = isDecoded ? -1 - this.starts[key]! : this.starts[key]!;
    let hash = seed;
    for (let i = start, end = start + this.lengths[key]!; i < end; i++) {
      hash = Math.imul(hash ^ bytes[i]!, 0x5bd1_e995);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  private isEqual(a: number, b: number): boolean {
    return this.lengths[a] === this.lengths[b] && Buffer.compare(this.bytes(a), this.bytes(b)) === 0;
  }

  private grow(): void {
    const length = this.hashes.length * 2;
    this.hashes = larger(this.hashes, new Int32Array(length));
    this.earlier = larger(this.earlier, new Int32Array(length));
    this.starts = larger(this.starts, new Float64Array(length));
    this.lengths = larger(this.lengths, new Float64Array(length));
    this.ends = larger(this.ends, new Float64Array(length));
  }
}

function larger<T extends Int32Array | Float64Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
