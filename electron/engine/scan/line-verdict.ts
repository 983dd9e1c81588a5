import { CellKind } from '../index/types.ts';
import { type JsonRule, lineErrorWords, ruleMessages } from './errors.ts';
import { LineError } from './kernel-words.ts';

/** A line as the kernel left it. */
export interface ScannedLine {
  readonly end: number;
  /** Of the value the line holds: a CellKind. */
  readonly rootKind: number;
  readonly error: LineError;
  readonly errorOffset: number;
  /** The file ends with this line, and not by a newline. */
  readonly isUnfinished: boolean;
  /** Bytes of the line from a file offset on, at most `length`. */
  readonly peek: (offset: number, length: number) => Uint8Array;
  /** Where the line begins. */
  readonly start: number;
}

export interface Verdict {
  readonly rule: JsonRule;
  readonly message: string;
  readonly offset: number;
}

const kindNames: Record<number, string> = {
  [CellKind.null]: 'null',
  [CellKind.boolean]: 'a boolean',
  [CellKind.number]: 'a number',
  [CellKind.string]: 'a string',
  [CellKind.array]: 'a list',
};

/** Why a line is no rollout, or null where it is one. */
export function judgeLine(line: ScannedLine): Verdict | null {
  const { error, errorOffset: offset, end } = line;
  if (error === LineError.none) {
    if (line.rootKind === CellKind.object) return null;
    return { rule: 'json/not-object', message: ruleMessages.notObject(kindNames[line.rootKind] ?? 'a value'), offset: firstByte(line) };
  }
  if (error === LineError.root && beginsWith(line.peek(offset, placeholder.length), placeholder)) {
    return { rule: 'json/placeholder', message: ruleMessages.placeholder, offset };
  }
  if (line.isUnfinished && isCut(line)) return { rule: 'json/cut', message: ruleMessages.cut, offset: end };
  if (error === LineError.nan) return { rule: 'json/nan', message: lineErrorWords(error, false), offset };
  if (error === LineError.depth || error === LineError.tooLong)
    return { rule: 'json/beyond-limit', message: lineErrorWords(error, false), offset };
  const rule = error === LineError.utf8 ? 'json/invalid-utf8' : 'json/invalid';
  return { rule, message: lineErrorWords(error, offset === end), offset };
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const placeholder = ascii('<PLACEHOLDER');
const literals = ['true', 'false', 'null', 'NaN', 'Infinity'].map(ascii);

/** Whether more bytes could have made the line valid: nothing is wrong before its end. */
function isCut({ error, errorOffset, end, peek }: ScannedLine): boolean {
  if (errorOffset === end) return true;
  const left = end - errorOffset;
  if (error === LineError.utf8) return left < 4 && isSequenceStart(peek(errorOffset, left));
  if (error === LineError.literal || error === LineError.value || error === LineError.valueOrEnd || error === LineError.root) {
    const tail = left < 8 ? peek(errorOffset, left) : new Uint8Array();
    return tail.length > 0 && literals.some((literal) => literal.length > tail.length && beginsWith(literal, tail));
  }
  return false;
}

/** A UTF-8 sequence that lacks its last bytes, and is right so far. */
function isSequenceStart(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes, { stream: true }) === '';
  } catch {
    return false;
  }
}

function beginsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, i) => bytes[i] === byte);
}

/** The first byte of the line that is no blank. */
function firstByte({ start, end, peek }: ScannedLine): number {
  for (let at = start; at < end;) {
    const bytes = peek(at, Math.min(4096, end - at));
    if (bytes.length === 0) break;
    const found = bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d);
    if (found >= 0) return at + found;
    at += bytes.length;
  }
  return start;
}
