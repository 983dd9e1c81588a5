import { type Expression, type Literal, type Operand, orderOperators, type OrderedLiteral, type RowTest, type Test } from './ast.ts';
import { tokenize } from './lexer.ts';
import { readOnFrom, readOperand } from './operand-parser.ts';
import { TokenReader } from './token-reader.ts';

/**
 * Parses an expression. `not` binds tighter than `and`, `and` tighter than `or`. Fails with bad-input, `at` being the
 * offset of the character that does not fit.
 */
export function parseExpression(text: string): Expression {
  const tokens = new TokenReader(tokenize(text));
  const expression = readParts(tokens, 'or');
  if (tokens.peek.kind === 'end') return expression;
  if (tokens.isSymbol(')')) throw tokens.unexpected('This parenthesis closes nothing.');
  throw tokens.unexpected(`Expected and, or, or the end after this condition.`, ['and', 'or']);
}

function readParts(tokens: TokenReader, word: 'or' | 'and'): Expression {
  const part = (): Expression => (word === 'or' ? readParts(tokens, 'and') : tokens.deeper(() => readUnary(tokens)));
  const first = part();
  const parts = [first];
  let last = first;
  while (tokens.isKeyword(word)) {
    tokens.next();
    last = part();
    parts.push(last);
  }
  return parts.length === 1 ? first : { kind: word, parts, start: first.start, end: last.end };
}

function readUnary(tokens: TokenReader): Expression {
  if (tokens.isSymbol('(')) return readParenthesis(tokens);
  if (!tokens.isKeyword('not')) return readTest(tokens);
  const { start } = tokens.next();
  const part = tokens.deeper(() => readUnary(tokens));
  return { kind: 'not', part, start, end: part.end };
}

/** A parenthesis holds a condition, or the first part of what is computed: `(a + b) * 2 > 1`. What comes after it tells. */
function readParenthesis(tokens: TokenReader): Expression {
  const { start } = tokens.next();
  const inner = readParts(tokens, 'or');
  const { end } = tokens.closeParenthesis();
  const goesOn = tokens.isSymbol('+', '-', '*', '/', '=', '==', '!=', '<', '<=', '>', '>=', '~') || tokens.isKeyword('between', 'in');
  if (inner.kind === 'is-true' && goesOn) return readComparison(tokens, readOnFrom(tokens, { ...inner.operand, start, end }));
  return { ...inner, start, end };
}

function readTest(tokens: TokenReader): Test | RowTest {
  const token = tokens.peek;
  if (token.kind === 'keyword' && (token.keyword === 'missing' || token.keyword === 'null')) {
    tokens.next();
    const operand = readOperand(tokens, `Expected the name of a column after ${token.keyword}.`);
    return { kind: token.keyword, operand, start: token.start, end: operand.end };
  }
  const rowTest = readRowTest(tokens);
  if (rowTest) return rowTest;
  const expected = token.kind === 'end' ? 'Expected a condition, such as reward >= 0.5.' : 'Expected the name of a column.';
  return readComparison(tokens, readOperand(tokens, expected));
}

/** The tests that begin with a word of their own, where what follows can be nothing else; else the word is a column's name. */
function readRowTest(tokens: TokenReader): RowTest | undefined {
  const { start, end } = tokens.peek;
  const after = tokens.afterPeek;
  if (tokens.isWord('has') && tokens.isWord('tool', after)) {
    tokens.next();
    tokens.next();
    const name = tokens.string('Expected the name of a tool: has tool "search".');
    return { kind: 'has-tool', name, start, end: name.end };
  }
  if (tokens.isWord('problem') && after.kind === 'string') {
    tokens.next();
    tokens.next();
    return { kind: 'problem', rule: after, start, end: after.end };
  }
  if (tokens.isWord('tag') && after.kind === 'string') {
    tokens.next();
    tokens.next();
    return { kind: 'tag', tag: after, start, end: after.end };
  }
  if (tokens.isWord('group') && tokens.isWord('by', after)) {
    tokens.next();
    tokens.next();
    const named = tokens.peek;
    if (named.kind !== 'name') throw tokens.unexpected('Expected the name of a column, or prompt: group by problem_id.');
    tokens.next();
    return { kind: 'group-by', column: named.name, start, end: named.end };
  }
  if (tokens.isWord('text') && after.kind === 'symbol' && after.symbol === '~') {
    tokens.next();
    tokens.next();
    const pattern = tokens.pattern();
    return { kind: 'text', pattern, start, end: pattern.end };
  }
  const standsAlone = after.kind === 'end' || (after.kind === 'symbol' && after.symbol === ')') || after.kind === 'keyword';
  if (tokens.isWord('star') && standsAlone && !(after.kind === 'keyword' && ['between', 'in'].includes(after.keyword))) {
    tokens.next();
    return { kind: 'star', start, end };
  }
  return undefined;
}

function readComparison(tokens: TokenReader, operand: Operand): Test {
  const { start } = operand;
  if (tokens.isKeyword('between')) return readBetween(tokens, operand);
  if (tokens.isKeyword('in')) return readOneOf(tokens, operand);
  const token = tokens.peek;
  if (token.kind !== 'symbol') return { kind: 'is-true', operand, start, end: operand.end };
  const { symbol } = token;
  if (symbol === '~') {
    tokens.next();
    const pattern = tokens.pattern();
    return { kind: 'match', operand, pattern, start, end: pattern.end };
  }
  if (symbol === '=' || symbol === '==' || symbol === '!=') {
    tokens.next();
    const value = readLiteral(tokens, symbol);
    return { kind: 'equal', operand, negated: symbol === '!=', value, start, end: value.end };
  }
  const operator = orderOperators.find((candidate) => candidate === symbol);
  if (!operator) return { kind: 'is-true', operand, start, end: operand.end };
  tokens.next();
  const value = readOrdered(tokens, operator);
  return { kind: 'order', operand, operator, value, start, end: value.end };
}

function readBetween(tokens: TokenReader, operand: Operand): Test {
  tokens.next();
  const low = readOrdered(tokens, 'between');
  if (!tokens.isKeyword('and')) throw tokens.unexpected('Expected and with the upper bound: between 0.2 and 0.8.', ['and']);
  tokens.next();
  const high = readOrdered(tokens, 'and');
  return { kind: 'between', operand, low, high, start: operand.start, end: high.end };
}

function readOneOf(tokens: TokenReader, operand: Operand): Test {
  tokens.next();
  if (!tokens.isSymbol('(')) throw tokens.unexpected('Expected a list in parentheses after in: in ("a", "b").', ['(']);
  const values: Literal[] = [];
  do {
    const separator = tokens.next();
    values.push(readLiteral(tokens, separator.kind === 'symbol' ? separator.symbol : 'in'));
  } while (tokens.isSymbol(','));
  if (!tokens.isSymbol(')')) throw tokens.unexpected('Expected , or ) in this list.', [',', ')']);
  return { kind: 'in', operand, values, start: operand.start, end: tokens.next().end };
}

function readOrdered(tokens: TokenReader, after: string): OrderedLiteral {
  const token = tokens.peek;
  if (token.kind !== 'number' && token.kind !== 'string') throw tokens.noValue(`Expected a number after ${after}.`);
  tokens.next();
  return token;
}

function readLiteral(tokens: TokenReader, after: string): Literal {
  const token = tokens.peek;
  if (token.kind === 'number' || token.kind === 'string') {
    tokens.next();
    return token;
  }
  if (token.kind === 'keyword' && (token.keyword === 'true' || token.keyword === 'false')) {
    tokens.next();
    return { kind: 'boolean', value: token.keyword === 'true', start: token.start, end: token.end };
  }
  throw tokens.noValue(`Expected a value after ${after}.`);
}
