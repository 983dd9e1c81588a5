import { AppError } from '../../errors.ts';
import type { Pattern, StringLiteral } from './ast.ts';
import type { Sign, Token } from './lexer.ts';
import { type Keyword, quoteString } from './words.ts';

/** Deeper nesting would exhaust the stack; no person writes it. */
const maxDepth = 200;

/** Walks over tokens, the last of which is `end`. */
export class TokenReader {
  private position = 0;
  private depth = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  get peek(): Token {
    return this.tokens[this.position]!; // nothing moves beyond the end
  }

  get afterPeek(): Token {
    return this.tokens[Math.min(this.position + 1, this.tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek;
    if (token.kind !== 'end') this.position++;
    return token;
  }

  /** Reads one level deeper. Fails with bad-input where that is too deep. */
  deeper<T>(read: () => T): T {
    if (++this.depth > maxDepth) throw this.unexpected('Too many levels of parentheses.');
    const result = read();
    this.depth--;
    return result;
  }

  isSymbol(...symbols: readonly Sign[]): boolean {
    const token = this.peek;
    return token.kind === 'symbol' && symbols.includes(token.symbol);
  }

  isKeyword(...words: readonly Keyword[]): boolean {
    const token = this.peek;
    return token.kind === 'keyword' && words.includes(token.keyword);
  }

  /** Whether the next token is this name, bare, in any case. */
  isWord(word: string, token = this.peek): boolean {
    return token.kind === 'name' && !token.quoted && token.name.toLowerCase() === word;
  }

  closeParenthesis(): Token {
    if (!this.isSymbol(')')) throw this.unexpected('Expected ) here.', [')']);
    return this.next();
  }

  pattern(): Pattern {
    const token = this.peek;
    if (token.kind === 'regex') {
      this.next();
      return { kind: 'regex', source: token.source, flags: token.flags, start: token.start, end: token.end };
    }
    if (token.kind === 'string') {
      this.next();
      return { kind: 'contains', text: token.value, start: token.start, end: token.end };
    }
    throw this.unexpected('Expected a pattern after ~: /regex/ or "text".');
  }

  string(expected: string): StringLiteral {
    const token = this.peek;
    if (token.kind !== 'string') throw this.noValue(expected);
    this.next();
    return token;
  }

  /** What to say where a value should stand. */
  noValue(expected: string): AppError {
    const token = this.peek;
    if (token.kind === 'keyword' && token.keyword === 'null') return this.unexpected(`${expected} To find null values write: null NAME.`);
    if (token.kind !== 'name') return this.unexpected(expected);
    const quoted = quoteString(token.name);
    return this.unexpected(`${expected} Text goes in quotes: ${quoted}.`, [quoted]);
  }

  unexpected(message: string, suggestions: readonly string[] = []): AppError {
    return new AppError('bad-input', message, { at: this.peek.start, suggestions });
  }
}
