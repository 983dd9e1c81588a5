import type { TextPieces } from '../index/types.ts';
import { withShare } from './shares.ts';
import { sortTextsSteps } from './sort-texts.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** UTF-16 units of the first piece: few texts agree in more. */
const firstUnits = 48;
/** Units of the pieces of one group that are held at a time, and of one piece. */
const heldUnits = 16 << 20;
const mostUnits = 1 << 18;

/**
 * The place of each text in code-point order, from 0: equal texts have equal ranks; and how many ranks there are. Of each text
 * no more is read than tells it from the others, and little of it is held. Yields how far it is.
 */
export function* rankPieces(pieces: TextPieces): Generator<number, { ranks: Uint32Array; count: number }> {
  const ranking = new Ranking(pieces);
  yield* ranking.rank(
    Uint32Array.from(pieces.rows, (_, text) => text),
    firstUnits,
  );
  return ranking;
}

class Ranking {
  readonly ranks: Uint32Array;
  count = 0;
  /** Texts of which a piece has been read, and texts that have ranks. */
  private begun = 0;
  private given = 0;

  constructor(private readonly pieces: TextPieces) {
    this.ranks = new Uint32Array(pieces.rows.length);
  }

  /** Mostly the first pieces tell texts apart: reading them is half of it. */
  private readonly share = (): number => (this.begun + this.given) / (2 * this.ranks.length);

  /** Ranks texts that agree in all that has been read of them, behind those that have ranks. */
  *rank(texts: Uint32Array, units: number): Generator<number, void> {
    const { pieces } = this;
    const going = texts.filter((text) => !pieces.isOver(text));
    // What ends here comes before what goes on.
    if (going.length < texts.length) this.give(texts.filter((text) => pieces.isOver(text)));
    if (going.length < 2) {
      this.give(going);
      return;
    }
    if (units > firstUnits && pieces.skipCommon) yield* withShare(pieces.skipCommon(going), this.share);
    const read: string[] = [];
    let last = '';
    const reading = pieces.read(going, units, (_, piece) => {
      // Equal neighbours are held once.
      if (piece !== last) last = piece;
      read.push(last);
      if (units === firstUnits) this.begun++;
    });
    yield* withShare(reading, this.share);
    const order = yield* withShare(sortTextsSteps(read), this.share);
    for (let start = 0, end = 0; start < order.length; start = end) {
      const piece = read[order[start]!];
      while (end < order.length && read[order[end]!] === piece) end++;
      const part = order.subarray(start, end).map((at) => going[at]!);
      if (part.length === 1) this.give(part);
      else yield* this.rank(part, nextUnits(units, part.length));
    }
  }

  /** The next rank to texts that are equal. */
  private give(texts: Uint32Array): void {
    for (let i = 0; i < texts.length; i++) this.ranks[texts[i]!] = this.count;
    if (texts.length > 0) this.count++;
    this.given += texts.length;
  }
}

/** Longer pieces for what has agreed so far, as far as those of a group may be held. */
function nextUnits(units: number, texts: number): number {
  return Math.max(firstUnits + 1, Math.min(Math.max(units * 4, 1024), mostUnits, Math.floor(heldUnits / texts)));
}
