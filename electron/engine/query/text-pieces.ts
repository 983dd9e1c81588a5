import { CellKind, type Column, type TextPieces } from '../index/types.ts';

const textsPerStep = 64;

/** The texts of a column, piece by piece. */
export function textPieces(column: Column): TextPieces {
  return column.pieces?.() ?? new ReadPieces(column);
}

/** Of a column that only answers whole texts. */
class ReadPieces implements TextPieces {
  readonly rows: Uint32Array;
  private readonly next: Float64Array;

  constructor(private readonly column: Column) {
    this.rows = Uint32Array.from([...column.kinds().entries()].flatMap(([row, kind]) => (kind === CellKind.string ? [row] : [])));
    this.next = new Float64Array(this.rows.length);
  }

  isOver(text: number): boolean {
    return Number.isNaN(this.next[text] ?? Number.NaN);
  }

  *read(texts: Uint32Array | null, units: number, take: (text: number, piece: string) => void): Generator<void, void> {
    for (let i = 0; i < (texts?.length ?? this.rows.length); i++) {
      const text = texts ? (texts[i] ?? 0) : i;
      const whole = this.column.text(this.rows[text] ?? 0) ?? '';
      const from = this.next[text] ?? 0;
      const end = endOfPiece(whole, from + units);
      this.next[text] = end >= whole.length ? Number.NaN : end;
      take(text, whole.slice(from, end));
      if (i % textsPerStep === 0) yield;
    }
  }
}

/** Where a piece ends that should end at a unit: both halves of a surrogate pair are taken together. */
export function endOfPiece(text: string, end: number): number {
  return end < text.length && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(end - 1, end + 1)) ? end + 1 : end;
}
