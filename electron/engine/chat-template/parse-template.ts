import { parse, tokenize } from '@huggingface/jinja';
import { linePrefix } from './bounded-interpreter.ts';

type Tokens = ReturnType<typeof tokenize>;
export type Program = ReturnType<typeof parse>;

/** As transformers compiles templates. */
const blanks = { trim_blocks: true, lstrip_blocks: true };

/** A template that jinja cannot read; `line` where it is known. */
export class TemplateSyntaxError extends Error {
  constructor(
    message: string,
    readonly line: number | undefined,
  ) {
    super(message);
    this.name = 'TemplateSyntaxError';
  }
}

/** Parses a template; the program tells lines by comments. Fails with TemplateSyntaxError. */
export function parseTemplate(source: string): Program {
  const tags = tagsOf(source);
  const tokens = read(
    () => tokenize(source, blanks),
    () => tags.find(({ text }) => !isRead(text))?.line,
  );
  let furthest = 0;
  const watched = new Proxy(tokens, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) furthest = Math.max(furthest, Number(key));
      return Reflect.get(target, key, receiver);
    },
  });
  const openBefore = (at: number): number => tokens.slice(0, at + 1).filter(isOpen).length;
  read(
    () => parse(watched),
    () => (isAligned(tokens, tags) ? tags[Math.max(0, openBefore(furthest) - 1)]?.line : undefined),
  );
  return parse(withLines(tokens, tags));
}

function read<T>(reading: () => T, line: () => number | undefined): T {
  try {
    return reading();
  } catch (error) {
    const message = error instanceof RangeError ? 'it is nested too deep' : error instanceof Error ? error.message : String(error);
    throw new TemplateSyntaxError(plainMessage(message), line());
  }
}

/** What jinja's parser says, without the words that mean something to its authors only. */
function plainMessage(message: string): string {
  const plain = message.replace(/^Parser Error: /, '').replace(/\. \w+ !== \w+\.$/, '');
  return /undefined/.test(plain) ? 'a tag is not closed' : plain;
}

function isRead(text: string): boolean {
  try {
    tokenize(text, blanks);
    return true;
  } catch {
    return false;
  }
}

interface Tag {
  readonly line: number;
  readonly text: string;
}

const isOpen = ({ type }: Tokens[number]): boolean => type === 'OpenStatement' || type === 'OpenExpression';

const isAligned = (tokens: Tokens, tags: readonly Tag[]): boolean => tokens.filter(isOpen).length === tags.length;

/** The tokens with a comment before each tag that says its line. Where tags were read otherwise than here, none is told. */
function withLines(tokens: Tokens, tags: readonly Tag[]): Tokens {
  if (!isAligned(tokens, tags)) return tokens;
  let tag = 0;
  return tokens.flatMap((token) =>
    isOpen(token) ? [{ type: 'Comment', value: `${linePrefix}${tags[tag++]?.line ?? 0}` }, token] : [token],
  );
}

/** Statements and expressions of a template in order, comments left out. */
function tagsOf(source: string): Tag[] {
  const tags: Tag[] = [];
  let [line, counted] = [1, 0];
  const opening = /\{[{%#]/g;
  for (let found = opening.exec(source); found; found = opening.exec(source)) {
    const start = found.index;
    for (; counted < start; counted++) if (source.charCodeAt(counted) === 10) line++;
    const end = endOf(source, start, found[0]);
    if (found[0] !== '{#') tags.push({ line, text: source.slice(start, end) });
    opening.lastIndex = end;
  }
  return tags;
}

const closing: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}', '{#': '#}' };

function endOf(source: string, start: number, opening: string): number {
  const close = closing[opening] ?? '';
  if (opening === '{#') {
    const end = source.indexOf(close, start + 2);
    return end < 0 ? source.length : end + 2;
  }
  let depth = 0;
  for (let at = start + 2; at < source.length; at++) {
    const char = source[at];
    if (char === '"' || char === "'") {
      for (at++; at < source.length && source[at] !== char; at++) if (source[at] === '\\') at++;
    } else if (source.startsWith(close, at) && (depth === 0 || close === '%}')) return at + 2;
    else if (char === '{') depth++;
    else if (char === '}') depth--;
  }
  return source.length;
}
