import { AppError } from '../../errors.ts';
import type { Span } from './ast.ts';
import { checkRegex } from './regex.ts';
import { asKeyword, type Keyword } from './words.ts';

const signs = ['==', '!=', '<=', '>=', '=', '<', '>', '~', '(', ')', ',', '+', '-', '*', '/'] as const;
export type Sign = (typeof signs)[number];

export type Token = Span &
  (
    | { readonly kind: 'name'; readonly name: string; readonly quoted: boolean }
    | { readonly kind: 'keyword'; readonly keyword: Keyword }
    | { readonly kind: 'symbol'; readonly symbol: Sign }
    | { readonly kind: 'number'; readonly value: number; readonly text: string }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
    | { readonly kind: 'end' }
  );

type Unplaced<T> = T extends Span ? Omit<T, 'start' | 'end'> : never;

const space = /\s*/uy;
const word = /group\.pass@\d+|[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+|\[\d+\])*/uy;
const number = /-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/uy;
const wordCharacter = /[\p{L}\p{N}_.]/uy;

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\', '/': '/' };
const foreign: Readonly<Record<string, string>> = { '&': 'and', '|': 'or', '!': 'not' };

/** Splits an expression into tokens, an `end` last. Fails with bad-input at the first character that fits nowhere. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = matchLength(space, text, 0);
  while (at < text.length) {
    const [token, end] = readToken(text, at, endsOperand(tokens[tokens.length - 1]));
    tokens.push({ ...token, start: at, end });
    at = end + matchLength(space, text, end);
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return tokens;
}

/** After an operand a minus subtracts and a slash divides; elsewhere they begin a number and a pattern. */
function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return token.kind === 'name' || token.kind === 'number' || (token.kind === 'symbol' && token.symbol === ')');
}

function readToken(text: string, at: number, isAfterOperand: boolean): [Unplaced<Token>, number] {
  if (!isAfterOperand) {
    if (text[at] === '/') return readRegex(text, at);
    const length = text[at] === '-' ? matchLength(number, text, at) : 0;
    if (length > 0) return readNumber(text, at, at + length);
  }
  const symbol = signs.find((candidate) => text.startsWith(candidate, at));
  if (symbol) return [{ kind: 'symbol', symbol }, at + symbol.length];
  const first = text[at];
  if (first === '"' || first === "'") return readString(text, at, first);
  if (first === '`') return readQuotedName(text, at);
  const wordLength = matchLength(word, text, at);
  if (wordLength > 0) return [readWord(text.slice(at, at + wordLength)), at + wordLength];
  const numberLength = matchLength(number, text, at);
  if (numberLength > 0) return readNumber(text, at, at + numberLength);
  const meant = foreign[first ?? ''];
  if (meant) throw new AppError('bad-input', `Unexpected "${first}": write ${meant}.`, { at, suggestions: [meant] });
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  throw new AppError('bad-input', `Unexpected "${character}".`, { at });
}

function readWord(name: string): Unplaced<Token> {
  const keyword = asKeyword(name);
  return keyword ? { kind: 'keyword', keyword } : { kind: 'name', name, quoted: false };
}

function readNumber(text: string, start: number, end: number): [Unplaced<Token>, number] {
  if (matchLength(wordCharacter, text, end) > 0) throw new AppError('bad-input', 'This is no number.', { at: start });
  const digits = text.slice(start, end);
  return [{ kind: 'number', value: Number(digits), text: digits }, end];
}

function readString(text: string, start: number, quote: string): [Unplaced<Token>, number] {
  let value = '';
  let at = start + 1;
  for (;;) {
    const character = text[at];
    if (character === undefined) throw new AppError('bad-input', `This text has no closing ${quote}.`, { at: start });
    if (character === quote) return [{ kind: 'string', value }, at + 1];
    if (character !== '\\') {
      value += character;
      at++;
      continue;
    }
    const hex = /^u([0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6))?.[1];
    const plain = escapes[text[at + 1] ?? ''];
    if (hex !== undefined) value += String.fromCharCode(Number.parseInt(hex, 16));
    else if (plain !== undefined) value += plain;
    else throw new AppError('bad-input', 'Unknown escape: a backslash in a text is written \\\\.', { at });
    at += hex === undefined ? 2 : 6;
  }
}

function readQuotedName(text: string, start: number): [Unplaced<Token>, number] {
  let name = '';
  let from = start + 1;
  for (;;) {
    const close = text.indexOf('`', from);
    if (close < 0) throw new AppError('bad-input', 'This name has no closing `.', { at: start });
    name += text.slice(from, close);
    if (text[close + 1] !== '`') return [{ kind: 'name', name, quoted: true }, close + 1];
    name += '`';
    from = close + 2;
  }
}

/** `/source/flags`: a slash inside is escaped or in a class, as in JavaScript, whose dialect it is (see regex.ts). */
function readRegex(text: string, start: number): [Unplaced<Token>, number] {
  let inClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) {
      const source = text.slice(start + 1, at);
      const flags = /^\w*/.exec(text.slice(at + 1))?.[0] ?? '';
      checkRegex(source, flags, start + 1, at + 1);
      return [{ kind: 'regex', source, flags }, at + 1 + flags.length];
    }
  }
  throw new AppError('bad-input', 'This pattern has no closing /.', { at: start });
}

function matchLength(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0].length ?? 0;
}
