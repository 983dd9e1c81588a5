import type { TrainedPiece, TrainedText } from '#shared/model/training.ts';

/** A part of a line that is trained on, or is not. */
export interface Segment {
  readonly text: string;
  readonly trained: boolean;
  /** Where tokens begin in it. */
  readonly edges: readonly number[];
}

export interface TrainedLine {
  readonly kind: 'line';
  readonly segments: readonly Segment[];
  /** Any of it is trained on, if only its end. */
  readonly trained: boolean;
  /** On the first line of a message. */
  readonly message?: { readonly role: string; readonly tokens: number };
}

/** Before each of several texts. */
export interface TrainedHead {
  readonly kind: 'head';
  readonly part: TrainedText['part'];
  readonly tokens: number;
  readonly trainedTokens: number;
}

/** Texts line by line, with the message that begins at each. A line ends where the text has a line end. */
export function trainedLines(texts: readonly TrainedText[]): (TrainedLine | TrainedHead)[] {
  return texts.flatMap(({ part, pieces, tokens, trainedTokens }) => [
    ...(texts.length > 1 ? [{ kind: 'head', part, tokens, trainedTokens } as const] : []),
    ...linesOf(pieces),
  ]);
}

function linesOf(pieces: readonly TrainedPiece[]): TrainedLine[] {
  const lines: TrainedLine[] = [];
  let segments: Segment[] = [];
  let message: TrainedLine['message'];
  const end = (isEndTrained = false): void => {
    // The end of a line with text is seen with that; an empty line has nothing else.
    const trained = segments.length === 0 ? isEndTrained : segments.some((segment) => segment.trained);
    lines.push({ kind: 'line', segments, trained, ...(message && { message }) });
    [segments, message] = [[], undefined];
  };
  for (const [i, piece] of pieces.entries()) {
    if (isFirst(pieces, i)) {
      // A template that puts no line end between messages still gives each its own line.
      if (segments.length > 0) end();
      message = { role: piece.role, tokens: tokensOf(pieces, i) };
    }
    let from = 0;
    for (const [j, text] of piece.text.split('\n').entries()) {
      if (j > 0) end(piece.trained);
      if (text !== '') segments.push({ text, trained: piece.trained, edges: edgesWithin(piece.edges, from, from + text.length) });
      from += text.length + 1;
    }
  }
  if (segments.length > 0) end();
  return lines;
}

const isOf = (piece: TrainedPiece | undefined, other: TrainedPiece | undefined): boolean =>
  piece?.message === other?.message && piece?.role === other?.role;

function isFirst(pieces: readonly TrainedPiece[], at: number): boolean {
  return at === 0 || !isOf(pieces[at - 1], pieces[at]);
}

function tokensOf(pieces: readonly TrainedPiece[], first: number): number {
  let tokens = 0;
  for (let at = first; at < pieces.length && isOf(pieces[at], pieces[first]); at++) tokens += pieces[at]?.tokens ?? 0;
  return tokens;
}

function edgesWithin(edges: readonly number[] = [], from: number, to: number): number[] {
  return edges.filter((at) => at >= from && at < to).map((at) => at - from);
}

/** A text cut where its tokens begin. */
export function tokenTexts({ text, edges }: Segment): string[] {
  const starts = edges[0] === 0 ? edges : [0, ...edges];
  return starts.map((start, i) => text.slice(start, starts[i + 1])).filter((token) => token !== '');
}
