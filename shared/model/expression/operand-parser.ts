import { AppError } from '../../errors.ts';
import { limits } from '../../limits.ts';
import { arithmeticSigns, functionNames, type GroupFigure, groupFigures, type Operand, wholeFigures } from './ast.ts';
import { tokenize } from './lexer.ts';
import { nearestNames } from './nearest.ts';
import { TokenReader } from './token-reader.ts';

/** Parses text that is an operand and nothing else: the name of a column, or what is computed from some. Fails as parseExpression does. */
export function parseOperand(text: string): Operand {
  const tokens = new TokenReader(tokenize(text));
  const operand = readOperand(tokens, 'Expected the name of a column.');
  if (tokens.peek.kind === 'end') return operand;
  throw tokens.unexpected('Expected + - * / or the end.');
}

/** Reads an operand; `expected` is said where none begins. */
export function readOperand(tokens: TokenReader, expected: string): Operand {
  return goOn(tokens, readProduct(tokens, expected));
}

/** Reads on after an operand that stood in parentheses. */
export function readOnFrom(tokens: TokenReader, first: Operand): Operand {
  return goOn(tokens, productFrom(tokens, first));
}

function goOn(tokens: TokenReader, first: Operand): Operand {
  let left = first;
  while (tokens.isSymbol('+', '-')) {
    const sign = readSign(tokens);
    left = combine(left, sign, readProduct(tokens, numberAfter(sign)));
  }
  return left;
}

function readProduct(tokens: TokenReader, expected: string): Operand {
  return productFrom(tokens, readFactor(tokens, expected));
}

function productFrom(tokens: TokenReader, first: Operand): Operand {
  let left = first;
  while (tokens.isSymbol('*', '/')) {
    const sign = readSign(tokens);
    left = combine(left, sign, readFactor(tokens, numberAfter(sign)));
  }
  return left;
}

type ArithmeticSign = (typeof arithmeticSigns)[number];

function readSign(tokens: TokenReader): ArithmeticSign {
  const token = tokens.next();
  return arithmeticSigns.find((sign) => token.kind === 'symbol' && sign === token.symbol) ?? '+';
}

function combine(left: Operand, sign: ArithmeticSign, right: Operand): Operand {
  return { kind: 'arithmetic', sign, left, right, start: left.start, end: right.end };
}

const numberAfter = (sign: string): string => `Expected a column or a number after ${sign}.`;

function readFactor(tokens: TokenReader, expected: string): Operand {
  const token = tokens.peek;
  if (tokens.isSymbol('-')) {
    tokens.next();
    const part = tokens.deeper(() => readFactor(tokens, numberAfter('-')));
    return { kind: 'negative', part, start: token.start, end: part.end };
  }
  if (tokens.isSymbol('(')) {
    tokens.next();
    const inner = tokens.deeper(() => readOperand(tokens, numberAfter('(')));
    return { ...inner, start: token.start, end: tokens.closeParenthesis().end };
  }
  if (token.kind === 'number') {
    tokens.next();
    return token;
  }
  if (token.kind !== 'name') {
    const hint = token.kind === 'keyword' ? ` A column of the name "${token.keyword}" is written in backquotes.` : '';
    throw tokens.unexpected(expected + hint, token.kind === 'keyword' ? [`\`${token.keyword}\``] : []);
  }
  return readNamed(tokens, token.name, token.quoted);
}

function readNamed(tokens: TokenReader, name: string, isQuoted: boolean): Operand {
  const { start, end } = tokens.next();
  if (isQuoted) return { kind: 'column', name, start, end };
  const called = functionNames.find((known) => known === name.toLowerCase());
  if (called && tokens.isSymbol('(')) {
    const parts: Operand[] = [];
    do {
      tokens.next();
      parts.push(tokens.deeper(() => readOperand(tokens, numberAfter(parts.length === 0 ? `${called}(` : ','))));
    } while (tokens.isSymbol(','));
    const isList = called === 'min' || called === 'max';
    if (!isList && parts.length > 1) throw new AppError('bad-input', `${called} takes one value.`, { at: parts[1]?.start ?? start });
    return { kind: 'call', function: called, parts, start, end: tokens.closeParenthesis().end };
  }
  if (name.toLowerCase() === 'rank' && tokens.isKeyword('in') && tokens.isWord('group', tokens.afterPeek)) {
    tokens.next();
    return { kind: 'rank', start, end: tokens.next().end };
  }
  if (!name.startsWith('group.')) return { kind: 'column', name, start, end };
  const figure = groupFigure(name, start);
  if (!tokens.isSymbol('(')) return { kind: 'group', figure, start, end };
  const open = tokens.next();
  if (wholeFigures.has(figure)) {
    throw new AppError('bad-input', `group.${figure} counts rollouts, whatever the metric: it takes no value.`, { at: open.start });
  }
  const of = tokens.deeper(() => readOperand(tokens, numberAfter(`group.${figure}(`)));
  return { kind: 'group', figure, of, start, end: tokens.closeParenthesis().end };
}

function groupFigure(name: string, at: number): GroupFigure {
  const wanted = name.slice('group.'.length);
  const figure = groupFigures.find((known) => known === wanted);
  if (figure) return figure;
  const k = Number(/^pass@(\d+)$/.exec(wanted)?.[1]);
  if (k >= 1 && k <= limits.passK) return `pass@${k}`;
  const known = [...groupFigures, 'pass@4'].map((each) => `group.${each}`);
  const near = nearestNames(wanted, groupFigures).map((each) => `group.${each}`);
  const advice = near[0] ? `Did you mean "${near[0]}"?` : `There are ${known.join(', ')}.`;
  throw new AppError('bad-input', `No group figure "${name}". ${advice}`, { at, suggestions: near.length > 0 ? near : known });
}
