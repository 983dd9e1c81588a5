import { AppError } from '../../errors.ts';

/** A piece of a pattern: one character, one escape, one quantifier, or a bracket of a class or group with what it opens with. */
export interface RegexPiece {
  readonly kind: 'character' | 'escape' | 'quantifier' | 'class-start' | 'class-end' | 'group-start' | 'group-end';
  readonly text: string;
  /** Offset in the source. */
  readonly at: number;
  readonly inClass: boolean;
}

const escape = /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|k<[^>]*>|\d+|[^])/y;
const quantifier = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y;
const groupStart = /\((?:\?(?:<[^>=!]*>|<?[=!]|[a-z-]*:))?/y;
/** RE2's limit. */
const mostRepeats = 1000;

/** Takes a pattern apart as JavaScript reads it. */
export function regexPieces(source: string): RegexPiece[] {
  const pieces: RegexPiece[] = [];
  let inClass = false;
  for (let at = 0; at < source.length;) {
    const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
    const read = (kind: RegexPiece['kind'], text: string): void => {
      pieces.push({ kind, text, at, inClass });
      at += text.length;
    };
    if (character === '\\') read('escape', match(escape, source, at) ?? character);
    else if (inClass) {
      inClass = character !== ']';
      read(inClass ? 'character' : 'class-end', character);
    } else if (character === '[') {
      read('class-start', source[at + 1] === '^' ? '[^' : '[');
      inClass = true;
    } else if (character === '(') read('group-start', match(groupStart, source, at) ?? character);
    else if (character === ')') read('group-end', character);
    else {
      const repeats = match(quantifier, source, at);
      read(repeats === undefined ? 'character' : 'quantifier', repeats ?? character);
    }
  }
  return pieces;
}

/**
 * Checks a pattern: JavaScript's dialect without what cannot be answered in linear time (looking around, references back),
 * flags i, m, s and u. Fails with bad-input at the character; `at` is where the source begins, `flagsAt` where the flags do.
 */
export function checkRegex(source: string, flags: string, at: number, flagsAt: number): void {
  const wrong = flags.split('').findIndex((flag, i) => !'imsu'.includes(flag) || flags.indexOf(flag) < i);
  if (wrong >= 0) throw new AppError('bad-input', `Unknown flag "${flags[wrong]}": i, m, s and u are, once each.`, { at: flagsAt + wrong });
  if (source === '') throw new AppError('bad-input', 'The pattern between the slashes is empty.', { at: at - 1 });
  const pieces = regexPieces(source);
  try {
    new RegExp(source, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: \/.*\/\w*: /s, '') : 'not a pattern';
    throw new AppError('bad-input', `The pattern is wrong: ${reason}.`, { at: at + placeOfFault(pieces) });
  }
  for (const piece of pieces) {
    const why = unsupported(piece);
    if (why !== undefined) throw new AppError('bad-input', why, { at: at + piece.at });
  }
}

function unsupported({ kind, text, inClass }: RegexPiece): string | undefined {
  if (kind === 'group-start' && /^\(\?<?[=!]/.test(text)) {
    return 'A pattern cannot look ahead or behind: it may take for ever. Join two conditions with and instead.';
  }
  if (kind === 'escape' && !inClass && /^\\(?:[1-9]|k<)/.test(text)) return 'A pattern cannot refer back to a group: it may take for ever.';
  if (kind === 'quantifier' && text.startsWith('{')) {
    const most = Math.max(...(text.match(/\d+/g) ?? []).map(Number));
    if (most > mostRepeats) return `A pattern repeats a part ${mostRepeats} times at most.`;
  }
  return undefined;
}

/** Where the first of the usual faults stands: a bracket without its partner, a quantifier of nothing. */
function placeOfFault(pieces: readonly RegexPiece[]): number {
  const open: number[] = [];
  let before: RegexPiece | undefined;
  for (const piece of pieces) {
    if (piece.kind === 'group-start') open.push(piece.at);
    if (piece.kind === 'group-end' && open.pop() === undefined) return piece.at;
    const repeatsNothing = before === undefined || before.kind === 'group-start' || before.kind === 'quantifier' || before.text === '|';
    if (piece.kind === 'quantifier' && repeatsNothing) return piece.at;
    before = piece;
  }
  const unclosed = [...pieces].reverse().find(({ kind }) => kind === 'class-start' || kind === 'class-end');
  if (unclosed?.kind === 'class-start') return unclosed.at;
  return open[open.length - 1] ?? 0;
}

function match(sticky: RegExp, text: string, at: number): string | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0];
}
