import { AppError } from '../../errors.ts';
import {
  type Expression,
  type GroupFigure,
  groupFigures,
  type Literal,
  type Operand,
  orderOperators,
  type OrderedLiteral,
  type Pattern,
  type Span,
  type Test,
} from './ast.ts';
import { type Sign, type Token, tokenize } from './lexer.ts';
import { nearestNames } from './nearest.ts';
import { type Keyword, quoteString } from './words.ts';

/** Deeper nesting would exhaust the stack; no person writes it. */
const maxDepth = 200;

/**
 * Parses an expression. `not` binds tighter than `and`, `and` tighter than `or`. Fails with bad-input, `at` being the
 * offset of the character that does not fit.
 */
export function parseExpression(text: string): Expression {
  return new Parser(tokenize(text)).parse();
}

class Parser {
  private position = 0;
  private depth = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Expression {
    const expression = this.parts('or');
    if (this.peek.kind === 'end') return expression;
    if (this.isSymbol(')')) throw this.unexpected('This parenthesis closes nothing.');
    throw this.unexpected(`Expected and, or, or the end after this condition.`, ['and', 'or']);
  }

  private get peek(): Token {
    return this.tokens[this.position]!; // the last token is `end`, and nothing moves beyond it
  }

  private next(): Token {
    const token = this.peek;
    if (token.kind !== 'end') this.position++;
    return token;
  }

  private parts(word: 'or' | 'and'): Expression {
    const part = (): Expression => (word === 'or' ? this.parts('and') : this.unary());
    const first = part();
    const parts = [first];
    let last = first;
    while (this.isKeyword(word)) {
      this.next();
      last = part();
      parts.push(last);
    }
    return parts.length === 1 ? first : { kind: word, parts, start: first.start, end: last.end };
  }

  private unary(): Expression {
    if (++this.depth > maxDepth) throw this.unexpected('Too many levels of parentheses.');
    const expression = this.isKeyword('not') ? this.negation() : this.isSymbol('(') ? this.parenthesis() : this.test();
    this.depth--;
    return expression;
  }

  private negation(): Expression {
    const { start } = this.next();
    const part = this.unary();
    return { kind: 'not', part, start, end: part.end };
  }

  private parenthesis(): Expression {
    const { start } = this.next();
    const inner = this.parts('or');
    if (!this.isSymbol(')')) throw this.unexpected('Expected ) here.', [')']);
    return { ...inner, start, end: this.next().end };
  }

  private test(): Test {
    const token = this.peek;
    if (token.kind === 'keyword' && (token.keyword === 'missing' || token.keyword === 'null')) {
      this.next();
      const operand = this.operand(`Expected the name of a column after ${token.keyword}.`);
      return { kind: token.keyword, operand, start: token.start, end: operand.end };
    }
    const operand = this.operand(token.kind === 'end' ? 'Expected a condition, such as reward >= 0.5.' : 'Expected the name of a column.');
    return this.testOf(operand);
  }

  private operand(expected: string): Operand {
    const token = this.peek;
    if (token.kind !== 'name') {
      const hint = token.kind === 'keyword' ? ` A column of the name "${token.keyword}" is written in backquotes.` : '';
      throw this.unexpected(expected + hint, token.kind === 'keyword' ? [`\`${token.keyword}\``] : []);
    }
    this.next();
    const { start, end } = token;
    if (token.quoted || !token.name.startsWith('group.')) return { kind: 'column', name: token.name, start, end };
    return { kind: 'group', figure: groupFigure(token.name, start), start, end };
  }

  private testOf(operand: Operand): Test {
    const { start } = operand;
    const token = this.peek;
    if (token.kind === 'keyword' && token.keyword === 'between') return this.between(operand);
    if (token.kind === 'keyword' && token.keyword === 'in') return this.oneOf(operand);
    if (token.kind !== 'symbol') return { kind: 'is-true', operand, start, end: operand.end };
    const { symbol } = token;
    if (symbol === '~') {
      this.next();
      const pattern = this.pattern();
      return { kind: 'match', operand, pattern, start, end: pattern.end };
    }
    if (symbol === '=' || symbol === '==' || symbol === '!=') {
      this.next();
      const value = this.literal(symbol);
      return { kind: 'equal', operand, negated: symbol === '!=', value, start, end: value.end };
    }
    const operator = orderOperators.find((candidate) => candidate === symbol);
    if (!operator) return { kind: 'is-true', operand, start, end: operand.end };
    this.next();
    const value = this.ordered(operator);
    return { kind: 'order', operand, operator, value, start, end: value.end };
  }

  private between(operand: Operand): Test {
    this.next();
    const low = this.ordered('between');
    if (!this.isKeyword('and')) throw this.unexpected('Expected and with the upper bound: between 0.2 and 0.8.', ['and']);
    this.next();
    const high = this.ordered('and');
    return { kind: 'between', operand, low, high, start: operand.start, end: high.end };
  }

  private oneOf(operand: Operand): Test {
    this.next();
    if (!this.isSymbol('(')) throw this.unexpected('Expected a list in parentheses after in: in ("a", "b").', ['(']);
    const values: Literal[] = [];
    do {
      const separator = this.next();
      values.push(this.literal(separator.kind === 'symbol' ? separator.symbol : 'in'));
    } while (this.isSymbol(','));
    if (!this.isSymbol(')')) throw this.unexpected('Expected , or ) in this list.', [',', ')']);
    return { kind: 'in', operand, values, start: operand.start, end: this.next().end };
  }

  private pattern(): Pattern {
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

  private ordered(after: string): OrderedLiteral {
    const token = this.peek;
    if (token.kind !== 'number' && token.kind !== 'string') throw this.noValue(`Expected a number after ${after}.`);
    this.next();
    return token;
  }

  private literal(after: string): Literal {
    const token = this.peek;
    if (token.kind === 'number' || token.kind === 'string') {
      this.next();
      return token;
    }
    if (token.kind === 'keyword' && (token.keyword === 'true' || token.keyword === 'false')) {
      this.next();
      return { kind: 'boolean', value: token.keyword === 'true', start: token.start, end: token.end };
    }
    throw this.noValue(`Expected a value after ${after}.`);
  }

  private noValue(expected: string): AppError {
    const token = this.peek;
    if (token.kind === 'keyword' && token.keyword === 'null') return this.unexpected(`${expected} To find null values write: null NAME.`);
    if (token.kind !== 'name') return this.unexpected(expected);
    const quoted = quoteString(token.name);
    return this.unexpected(`${expected} Text goes in quotes: ${quoted}.`, [quoted]);
  }

  private unexpected(message: string, suggestions: readonly string[] = []): AppError {
    return new AppError('bad-input', message, { at: this.peek.start, suggestions });
  }

  private isSymbol(symbol: Sign): boolean {
    return this.peek.kind === 'symbol' && this.peek.symbol === symbol;
  }

  private isKeyword(keyword: Keyword): boolean {
    return this.peek.kind === 'keyword' && this.peek.keyword === keyword;
  }
}

function groupFigure(name: string, at: Span['start']): GroupFigure {
  const wanted = name.slice('group.'.length);
  const figure = groupFigures.find((known) => known === wanted);
  if (figure) return figure;
  const known = groupFigures.map((each) => `group.${each}`);
  const near = nearestNames(wanted, groupFigures).map((each) => `group.${each}`);
  const advice = near[0] ? `Did you mean "${near[0]}"?` : `There are ${known.join(', ')}.`;
  throw new AppError('bad-input', `No group figure "${name}". ${advice}`, { at, suggestions: near.length > 0 ? near : known });
}
