import { type RegexPiece, regexPieces } from '#shared/model/expression/index.ts';
import { mostNeedles } from './types.ts';

/**
 * Texts of which every match of a pattern holds at least one; undefined where nothing can be said. Of what must all be there, the
 * choice is that whose shortest text is longest. Conservative: classes, and what may be left out, are taken for anything.
 */
export function requiredTexts(source: string): string[] | undefined {
  const pieces = regexPieces(source);
  // Flags that hold within a group could mean anything.
  if (pieces.some(({ kind, text }) => kind === 'group-start' && text !== '(' && text !== '(?:' && !text.startsWith('(?<')))
    return undefined;
  return new Reader(pieces).alternatives();
}

/** Escapes that stand for one character. */
const characterEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };

class Reader {
  private at = 0;

  constructor(private readonly pieces: readonly RegexPiece[]) {}

  /** To the end of the group, or of the pattern. */
  alternatives(): string[] | undefined {
    const each: (string[] | undefined)[] = [];
    for (;;) {
      each.push(this.sequence());
      if (this.pieces[this.at]?.text !== '|') break;
      this.at++;
    }
    const texts = [...new Set(each.flatMap((choice) => choice ?? []))];
    return each.includes(undefined) || texts.length > mostNeedles ? undefined : texts;
  }

  /** To the next alternative, or the end. */
  private sequence(): string[] | undefined {
    let best: string[] | undefined;
    let run = '';
    const offer = (texts: string[] | undefined): void => {
      if (texts && (!best || isBetter(texts, best))) best = texts;
    };
    const endRun = (): void => {
      if (run !== '') offer([run]);
      run = '';
    };
    for (let piece = this.pieces[this.at]; piece && !isEnd(piece); piece = this.pieces[this.at]) {
      this.at++;
      const character = characterOf(piece);
      const group = piece.kind === 'group-start' ? this.group() : undefined;
      if (piece.kind === 'class-start') this.passClass();
      const next = this.pieces[this.at];
      const repeats = next?.kind === 'quantifier' ? next.text : undefined;
      if (repeats !== undefined) this.at++;
      const isThere = repeats === undefined || !mayBeNone(repeats);
      if (character === undefined || !isThere) endRun();
      else {
        run += character;
        // More of it may follow before what comes next.
        if (repeats !== undefined) endRun();
      }
      if (isThere) offer(group);
    }
    endRun();
    return best;
  }

  private group(): string[] | undefined {
    const texts = this.alternatives();
    this.at++;
    return texts;
  }

  private passClass(): void {
    while (this.at < this.pieces.length && this.pieces[this.at]?.kind !== 'class-end') this.at++;
    this.at++;
  }
}

function isEnd({ kind, text, inClass }: RegexPiece): boolean {
  return kind === 'group-end' || (kind === 'character' && text === '|' && !inClass);
}

/** The one character that a piece stands for, if it does. */
function characterOf({ kind, text }: RegexPiece): string | undefined {
  if (kind === 'character') return '.^$'.includes(text) ? undefined : text;
  if (kind !== 'escape') return undefined;
  return /^\\[^A-Za-z0-9]$/.test(text) ? text.slice(1) : characterEscapes[text.slice(1)];
}

function isBetter(texts: readonly string[], than: readonly string[]): boolean {
  const shortest = (all: readonly string[]): number => Math.min(...all.map(({ length }) => length));
  return shortest(texts) > shortest(than) || (shortest(texts) === shortest(than) && texts.length < than.length);
}

/** `*`, `?`, `{0}` and the like: what stands before may be absent. */
function mayBeNone(quantifier: string): boolean {
  return !quantifier.startsWith('+') && !/^\{0*[1-9]/.test(quantifier);
}
