import { limits } from '#shared/limits.ts';
import { LineError } from './kernel-words.ts';

/** Rules a line can break on the level of its bytes. */
export const jsonRules = [
  'json/invalid',
  'json/invalid-utf8',
  'json/nan',
  'json/beyond-limit',
  'json/placeholder',
  'json/not-object',
  'json/cut',
] as const;
export type JsonRule = (typeof jsonRules)[number];

const words: Record<LineError, string> = {
  [LineError.none]: '',
  [LineError.root]: "expected '{'",
  [LineError.value]: 'expected a value',
  [LineError.valueOrEnd]: "expected a value or ']'",
  [LineError.key]: "expected '\"'",
  [LineError.keyOrEnd]: "expected '\"' or '}'",
  [LineError.colon]: "expected ':'",
  [LineError.objectNext]: "expected ',' or '}'",
  [LineError.arrayNext]: "expected ',' or ']'",
  [LineError.trailing]: 'expected the end of the line after the value',
  [LineError.unterminated]: 'the string is not closed before the line ends',
  [LineError.control]: 'control character in a string',
  [LineError.escape]: 'unknown escape in a string',
  [LineError.hex]: 'expected four hex digits after \\u',
  [LineError.utf8]: 'the bytes are not UTF-8',
  [LineError.number]: 'malformed number',
  [LineError.literal]: 'expected true, false or null',
  [LineError.depth]: `nested more than ${limits.nesting.toLocaleString('en')} levels deep`,
  [LineError.tooLong]: `number of more than ${limits.numberBytes.toLocaleString('en')} bytes`,
  [LineError.nan]: 'NaN and Infinity are no JSON',
};

/** What is wrong with a line, in words. `atEnd`: the line ends where something was expected. */
export function lineErrorWords(error: LineError, atEnd: boolean): string {
  const said = words[error];
  return atEnd && said.startsWith('expected') ? `${said}, but the line ends` : said;
}

export const ruleMessages = {
  placeholder: 'a placeholder, not JSON',
  notObject: (kind: string) => `${kind}, not an object`,
  cut: 'the file ends inside this line',
} as const;
