import { lineErrorWords, ruleMessages } from '../../electron/engine/scan/errors.ts';
import { LineError } from '../../electron/engine/scan/kernel-words.ts';
import { firstError } from '../../electron/engine/scan/reference/first-error.ts';
import { isObject, NumberToken } from './parsed.ts';

/** Why a line is no rollout; the offset is within the line. */
export interface Said {
  readonly rule: string;
  readonly message: string;
  readonly offset: number;
}

/** What must be said of a line, told by JSON.parse and the reference; undefined where it is a rollout. `parsed`: as tryParse left it. */
export function expectedVerdict(line: Buffer, parsed: { value: unknown } | undefined, isLastOfFile: boolean): Said | undefined {
  const error = firstError(line);
  if ((parsed === undefined) !== (error !== null)) return { rule: 'the reference and JSON.parse disagree', message: '', offset: 0 };
  if (parsed && error === null) {
    if (isObject(parsed.value)) return undefined;
    const offset = line.findIndex((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d);
    return { rule: 'json/not-object', message: `${nameOf(parsed.value)}, not an object`, offset };
  }
  if (error === null) return undefined;
  const { offset } = error;
  if (/^[ \t\r]*<PLACEHOLDER/.test(line.toString('latin1'))) return { rule: 'json/placeholder', message: ruleMessages.placeholder, offset };
  if (isLastOfFile && couldGoOn(line, offset)) return { rule: 'json/cut', message: ruleMessages.cut, offset: line.length };
  if (error.error === LineError.nan) return { rule: 'json/nan', message: lineErrorWords(error.error, false), offset };
  const rule = error.error === LineError.utf8 ? 'json/invalid-utf8' : 'json/invalid';
  return { rule, message: lineErrorWords(error.error, offset === line.length), offset };
}

const continuations = ['true', 'false', 'null', 'NaN', 'Infinity'].map((word) => Buffer.from(word));

/** Whether a line that goes wrong at an offset is only too short. */
function couldGoOn(line: Buffer, offset: number): boolean {
  if (offset === line.length) return true;
  const tail = line.subarray(offset);
  if (continuations.some((word) => word.length > tail.length && word.subarray(0, tail.length).equals(tail)))
    return isValueStart(line, offset);
  const tails = ['\x80', '\x80\x80', '\x80\x80\x80', '\xa0', '\xa0\x80', '\x90\x80\x80'].map((text) => Buffer.from(text, 'latin1'));
  return tail.length < 4 && tail[0] !== undefined && tail[0] >= 0x80 && tails.some((rest) => isOneCharacter(Buffer.concat([tail, rest])));
}

/** A word is only a value where one may stand: replaced by 0, the line must get further. (Not after a minus: -Infinity is no word.) */
function isValueStart(line: Buffer, offset: number): boolean {
  if (line[offset - 1] === 0x2d) return false;
  const error = firstError(Buffer.concat([line.subarray(0, offset), Buffer.from('0')]));
  return error === null || error.offset > offset;
}

function isOneCharacter(bytes: Buffer): boolean {
  return /^[^\ufffd]$/u.test(bytes.toString('utf8'));
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return `a ${value instanceof NumberToken ? 'number' : typeof value}`;
}
