import { JsonWalk } from './json-walk.ts';
import { oddBit, type OddFound, type OddKind, oddKinds } from './kinds.ts';

/** Collects what is odd in the lines of a block. */
export class OddReader {
  private static readonly walk = new JsonWalk();
  private readonly lines: number[] = [];
  private readonly bits: number[] = [];
  private readonly counts = oddKinds.map(() => 0);

  take(line: number, bytes: Uint8Array): void {
    let bits = 0;
    OddReader.walk.walk(bytes, (kind) => {
      bits |= oddBit(kind);
      const place = oddKinds.indexOf(kind);
      this.counts[place] = (this.counts[place] ?? 0) + 1;
    });
    if (bits === 0) return;
    this.lines.push(line);
    this.bits.push(bits);
  }

  done(): OddFound {
    return { lines: this.lines, bits: this.bits, counts: this.counts };
  }
}

/** The first finding of a kind in a line: its path inside the row, and how it is written, or its beginning. Undefined where there is none. */
export function firstOdd(line: Uint8Array, wanted: OddKind): { readonly at: string; readonly text: string } | undefined {
  const walk = new JsonWalk();
  let first: { at: string; text: string } | undefined;
  walk.walk(line, (kind, start, end) => {
    if (kind === wanted && !first)
      first = { at: walk.path(), text: new TextDecoder().decode(line.subarray(start, Math.min(end, start + 80))) };
  });
  return first;
}
