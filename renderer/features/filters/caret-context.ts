import { AppError } from '#shared/errors.ts';
import { functionNames, type Token, tokenize } from '#shared/model/expression/index.ts';

/** What may stand at the caret of a line of conditions, and the word there that a choice would take the place of. */
export interface CaretContext {
  /** `values` of a column; `rules` and `tags` where such a name stands in quotes. */
  readonly wants: 'start' | 'column' | 'operator' | 'values' | 'rules' | 'tags' | 'joiner';
  /** The column that an operator or a value is for. */
  readonly column: string | null;
  /** What is typed of the word, without quotes. */
  readonly word: string;
  /** UTF-16 offset where the word begins; it ends at the caret. */
  readonly start: number;
}

/** Null where nothing can be proposed: in a pattern, in a number, after what cannot be read. */
export function caretContext(text: string, caret: number): CaretContext | null {
  const before = text.slice(0, caret);
  const open = openQuote(before);
  if (open === undefined) return null;
  const tokens = tokensOf(open === null ? before : before.slice(0, open));
  if (tokens === null) return null;
  if (open !== null) {
    const word = before.slice(open + 1);
    const place = { word, start: open };
    if (before[open] === '`') return { ...place, ...afterTokens(tokens) };
    const wanted = quoted(tokens);
    return wanted === null ? null : { ...place, ...wanted };
  }
  const last = tokens.at(-1);
  const isWord = (last?.kind === 'name' || last?.kind === 'keyword') && last.end === caret;
  const done = isWord ? tokens.slice(0, -1) : tokens;
  if (!isWord && last !== undefined && last.end === caret && (last.kind === 'number' || last.kind === 'regex')) return null;
  const start = isWord ? last.start : caret;
  return { word: before.slice(start), start, ...afterTokens(done) };
}

type Wanted = Pick<CaretContext, 'wants' | 'column'>;

function afterTokens(tokens: readonly Token[]): Wanted {
  const last = tokens.at(-1);
  if (last === undefined) return { wants: 'start', column: null };
  switch (last.kind) {
    case 'name':
      return { wants: 'operator', column: last.name };
    case 'keyword':
      if (last.keyword === 'missing' || last.keyword === 'null') return { wants: 'column', column: null };
      if (last.keyword === 'true' || last.keyword === 'false') return { wants: 'joiner', column: null };
      if (last.keyword === 'between' || isBound(tokens)) return { wants: 'values', column: columnBefore(tokens) };
      return { wants: last.keyword === 'in' ? 'operator' : 'start', column: null };
    case 'symbol':
      if (last.symbol === ')') {
        // What a function or a figure of a group gives is compared; anything else in parentheses is a whole condition.
        const called = calledBefore(tokens);
        return called === null ? { wants: 'joiner', column: null } : { wants: 'operator', column: called };
      }
      if (last.symbol === '(' && calledAt(tokens, tokens.length - 1) !== null) return { wants: 'column', column: null };
      if (['+', '-', '*', '/'].includes(last.symbol)) return { wants: 'column', column: null };
      if (last.symbol === '~') return { wants: 'operator', column: null };
      if (last.symbol === '(' && !isKeyword(tokens.at(-2), 'in')) return { wants: 'start', column: null };
      return { wants: 'values', column: columnBefore(tokens) };
    default:
      return { wants: 'joiner', column: null };
  }
}

/** What a text in quotes names. */
function quoted(tokens: readonly Token[]): Wanted | null {
  const last = tokens.at(-1);
  if (last?.kind === 'name' && last.name.toLowerCase() === 'problem') return { wants: 'rules', column: null };
  if (last?.kind === 'name' && last.name.toLowerCase() === 'tag') return { wants: 'tags', column: null };
  const wanted = afterTokens(tokens);
  return wanted.wants === 'values' ? wanted : null;
}

/** Whether the `and` at the end belongs to a `between`. */
function isBound(tokens: readonly Token[]): boolean {
  return isKeyword(tokens.at(-1), 'and') && isKeyword(tokens.at(-3), 'between');
}

function isKeyword(token: Token | undefined, keyword: string): boolean {
  return token?.kind === 'keyword' && token.keyword === keyword;
}

/** The nearest name to the left; null where what is computed stands there, whose values are not known. */
function columnBefore(tokens: readonly Token[]): string | null {
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token?.kind === 'name') return token.name;
    if (token?.kind === 'symbol' && token.symbol === ')') return null;
  }
  return null;
}

/** The function, or the figure of a group, whose parenthesis is the last token. */
function calledBefore(tokens: readonly Token[]): string | null {
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token?.kind !== 'symbol') continue;
    if (token.symbol === ')') depth++;
    else if (token.symbol === '(' && --depth === 0) return calledAt(tokens, at);
  }
  return null;
}

/** The name that a parenthesis is of. */
function calledAt(tokens: readonly Token[], at: number): string | null {
  const before = tokens[at - 1];
  if (before?.kind !== 'name' || before.quoted) return null;
  const isCall = before.name.startsWith('group.') || functionNames.some((name) => name === before.name.toLowerCase());
  return isCall ? before.name : null;
}

/** Where a text or a name in quotes begins that is not closed; null where there is none, undefined in a pattern or after what is no token. */
function openQuote(before: string): number | null | undefined {
  try {
    tokenize(before);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const at = error.details.at ?? 0;
    return ['"', "'", '`'].includes(before[at] ?? '') ? at : undefined;
  }
}

function tokensOf(text: string): Token[] | null {
  try {
    return tokenize(text).filter(({ kind }) => kind !== 'end');
  } catch {
    return null;
  }
}
