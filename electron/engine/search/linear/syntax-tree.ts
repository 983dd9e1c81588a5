import { type RegexPiece, regexPieces } from '#shared/model/expression/index.ts';

/** What a pattern consists of. `most` is Infinity where there is no limit. */
export type Node =
  /** One character, by the source of what it may be. */
  | { readonly kind: 'one'; readonly source: string }
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number; readonly isGreedy: boolean };

/** Where the text begins or ends, and where a word does, or does not. */
export type Edge = 'start' | 'end' | 'word' | 'no-word';

const edges: Readonly<Record<string, Edge>> = { '^': 'start', $: 'end', '\\b': 'word', '\\B': 'no-word' };

/** The tree of a pattern that passed the language's check, without flag m. */
export function syntaxTree(source: string): Node {
  return new TreeReader(regexPieces(source)).alternatives();
}

class TreeReader {
  private at = 0;

  constructor(private readonly pieces: readonly RegexPiece[]) {}

  alternatives(): Node {
    const parts = [this.sequence()];
    while (this.pieces[this.at]?.text === '|' && this.pieces[this.at]?.kind === 'character') {
      this.at++;
      parts.push(this.sequence());
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'any', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    for (let piece = this.pieces[this.at]; piece && !isEnd(piece); piece = this.pieces[this.at]) {
      this.at++;
      const part = this.part(piece);
      const next = this.pieces[this.at];
      if (next?.kind === 'quantifier') this.at++;
      parts.push(next?.kind === 'quantifier' ? repeated(part, next.text) : part);
    }
    return { kind: 'all', parts };
  }

  private part(piece: RegexPiece): Node {
    if (piece.kind === 'group-start') {
      const inside = this.alternatives();
      this.at++;
      return inside;
    }
    if (piece.kind === 'class-start') return { kind: 'one', source: piece.text + this.restOfClass() };
    const edge = edges[piece.text];
    return edge === undefined ? { kind: 'one', source: piece.text } : { kind: 'edge', edge };
  }

  private restOfClass(): string {
    let text = '';
    for (let isIn = true; isIn && this.at < this.pieces.length; this.at++) {
      const piece = this.pieces[this.at];
      text += piece?.text ?? '';
      isIn = piece?.kind !== 'class-end';
    }
    return text;
  }
}

function isEnd({ kind, text }: RegexPiece): boolean {
  return kind === 'group-end' || (kind === 'character' && text === '|');
}

function repeated(part: Node, quantifier: string): Node {
  const isGreedy = quantifier.length === 1 || !quantifier.endsWith('?');
  const sign = quantifier[0];
  const [least = 0, most] = sign === '{' ? limitsOf(quantifier) : [sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY];
  return { kind: 'repeat', part, least, most: most ?? least, isGreedy };
}

/** `{2}`, `{2,}`, `{2,5}` */
function limitsOf(quantifier: string): number[] {
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(quantifier) ?? [];
  if (comma === '') return [Number(least)];
  return [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)];
}
