import { backslash, closeList, closeObject, comma, isHigh, isLow, isUnit, openList, openObject, quote, unitAt } from './bytes.ts';
import type { OddKind } from './kinds.ts';
import { isBeyondFloat64, numberEnd } from './numbers.ts';
import { ObjectKeys } from './object-keys.ts';

// Offsets and depths are below the arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** Told of a finding at bytes [start, end) of the line: a number, an escape, a key between its quotes. */
export type OnOdd = (kind: OddKind, start: number, end: number) => void;

/** Longer paths are cut: rows may be nested without end. */
const mostPathLength = 200;

/** Walks through lines of valid JSON, byte by byte, and tells what is odd. Memory: the open values and their keys. */
export class JsonWalk {
  private line: Uint8Array = new Uint8Array(0);
  private onOdd: OnOdd = () => undefined;
  private readonly keys = new ObjectKeys();
  private depth = 0;
  /** Of each open value, from 1 on: the number of its first key, or -1 for a list. */
  private firstKeys = new Int32Array(64).fill(-1);
  /** Items of each open list before the current one. */
  private passed = new Float64Array(64);
  private isKeyNext = false;

  walk(line: Uint8Array, onOdd: OnOdd): void {
    this.line = line;
    this.onOdd = onOdd;
    this.keys.begin(line);
    this.depth = 0;
    for (let at = 0; at < line.length;) {
      const byte = line[at]!;
      if (byte === quote) at = this.string(at + 1);
      else if (byte === comma) {
        if (this.firstKeys[this.depth]! >= 0) this.isKeyNext = true;
        else this.passed[this.depth]!++;
        at++;
      } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) at = this.number(at);
      else {
        if (byte === openObject || byte === openList) this.open(byte === openObject);
        else if (byte === closeObject || byte === closeList) this.close();
        at++;
      }
    }
  }

  /** Where the finding is that is being told, from the row on: `response.output[0].id`. */
  path(): string {
    let path = '';
    for (let depth = 1; depth <= this.depth; depth++) {
      const first = this.firstKeys[depth]!;
      if (first < 0) path += `[${this.passed[depth]!}]`;
      else {
        const key = this.lastKey(depth);
        if (key >= first) path += `${path === '' ? '' : '.'}${this.keys.text(key)}`;
      }
      if (path.length > mostPathLength) return `${path.slice(0, mostPathLength)}…`;
    }
    return path;
  }

  /** The latest key of an open object: the one before those of the objects in it. */
  private lastKey(depth: number): number {
    for (let inner = depth + 1; inner <= this.depth; inner++) if (this.firstKeys[inner]! >= 0) return this.firstKeys[inner]! - 1;
    return this.keys.count - 1;
  }

  private open(isObject: boolean): void {
    if (++this.depth === this.firstKeys.length) {
      const [firstKeys, passed] = [this.firstKeys, this.passed];
      (this.firstKeys = new Int32Array(this.depth * 2)).set(firstKeys);
      (this.passed = new Float64Array(this.depth * 2)).set(passed);
    }
    this.firstKeys[this.depth] = isObject ? this.keys.count : -1;
    this.passed[this.depth] = 0;
    this.isKeyNext = isObject;
  }

  private close(): void {
    const first = this.firstKeys[this.depth]!;
    if (first >= 0) this.keys.drop(first);
    if (this.depth > 0) this.depth--;
    this.isKeyNext = false;
  }

  /** Passes over a string whose first byte is at `start`; answers what comes behind its closing quote. */
  private string(start: number): number {
    const { line } = this;
    const { length } = line;
    let loneAt = -1;
    let isEscaped = false;
    let end = start;
    for (;;) {
      while (end < length && line[end] !== quote && line[end] !== backslash) end++;
      if (end >= length || line[end] === quote) break;
      isEscaped = true;
      if (!isUnit(line, end)) end += 2;
      else {
        const unit = unitAt(line, end);
        const isPair = isHigh(unit) && isUnit(line, end + 6) && isLow(unitAt(line, end + 6));
        if (loneAt < 0 && !isPair && (isHigh(unit) || isLow(unit))) loneAt = end;
        end += isPair ? 12 : 6;
      }
    }
    if (this.isKeyNext) this.key(start, end, isEscaped);
    if (loneAt >= 0) this.onOdd('lone-surrogate', loneAt, loneAt + 6);
    return end + 1;
  }

  private key(start: number, end: number, isEscaped: boolean): void {
    this.isKeyNext = false;
    if (this.keys.add(this.firstKeys[this.depth]!, start, end, isEscaped)) this.onOdd('duplicate-key', start, end);
  }

  private number(start: number): number {
    const end = numberEnd(this.line, start);
    if (isBeyondFloat64(this.line, start, end)) this.onOdd('beyond-float64', start, end);
    return end;
  }
}
