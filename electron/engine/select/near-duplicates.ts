import { likeness, mixed } from './shingles.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** Bands of a signature, and smallest hashes in each: texts that have 0.7 in common share a band in 99 of 100 cases, of 0.8 in 9,999 of 10,000. */
const bands = 16;
const perBand = 4;
/** Most texts that one is compared with: those that share the most bands with it. */
const mostCompared = 16;

const seeds = Uint32Array.from({ length: bands * perBand }, (_, i) => mixed(i + 1));

/** Of a text that stays: which one it is, and how much it has in common with the one asked about. */
export interface Alike {
  readonly at: number;
  readonly likeness: number;
}

/**
 * Finds texts that are nearly the same as one that stayed before: MinHash in bands names those that may be, and of these the shingles
 * themselves decide. What is said of two texts is therefore exact; one that is alike may be missed, in how many cases says `bands`.
 * Holds 192 bytes for each text that stays, whatever its length. The same texts in the same order give the same answer, always.
 */
export class NearDuplicates {
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly hashes: Uint32Array;
  private count = 0;
  private readonly signature = new Uint32Array(bands * perBand);

  /**
   * `most`: how many texts may stay. `shinglesAt` gives those of a text that stayed, by the number that `add` gave it.
   * Texts have to have `threshold` (above 0, at most 1) in common.
   */
  constructor(
    most: number,
    private readonly threshold: number,
    private readonly shinglesAt: (at: number) => ReadonlySet<number>,
  ) {
    this.heads = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, most))) * bands).fill(-1);
    this.next = new Int32Array(most * bands);
    this.hashes = new Uint32Array(most * bands);
  }

  /** The text most alike that stayed, the earliest of equals, if one is alike enough. `scope`: only texts of the same scope are compared. */
  find(shingles: ReadonlySet<number>, scope = 0): Alike | undefined {
    this.sign(shingles);
    const shared = new Map<number, number>();
    for (let band = 0; band < bands; band++) {
      const hash = this.bandHash(band, scope);
      for (let at = this.heads[this.slot(band, hash)]!; at >= 0; at = this.next[at * bands + band]!)
        if (this.hashes[at * bands + band] === hash) shared.set(at, (shared.get(at) ?? 0) + 1);
    }
    let best: Alike | undefined;
    for (const [at] of [...shared].sort(([a, x], [b, y]) => y - x || a - b).slice(0, mostCompared)) {
      const found = likeness(shingles, this.shinglesAt(at));
      if (found >= this.threshold && (!best || found > best.likeness || (found === best.likeness && at < best.at)))
        best = { at, likeness: found };
    }
    return best;
  }

  /** The text stays. Its number: texts are counted from 0. */
  add(shingles: ReadonlySet<number>, scope = 0): number {
    this.sign(shingles);
    const at = this.count++;
    for (let band = 0; band < bands; band++) {
      const hash = this.bandHash(band, scope);
      const slot = this.slot(band, hash);
      this.hashes[at * bands + band] = hash;
      this.next[at * bands + band] = this.heads[slot]!;
      this.heads[slot] = at;
    }
    return at;
  }

  /** Of each hash function its smallest value. */
  private sign(shingles: ReadonlySet<number>): void {
    const { signature } = this;
    signature.fill(0xffff_ffff);
    for (const shingle of shingles)
      for (let i = 0; i < signature.length; i++) {
        const value = mixed(shingle ^ seeds[i]!);
        if (value < signature[i]!) signature[i] = value;
      }
  }

  private bandHash(band: number, scope: number): number {
    let hash = mixed(scope + 1);
    for (let i = band * perBand; i < (band + 1) * perBand; i++) hash = mixed(Math.imul(hash, 31) + this.signature[i]!);
    return hash;
  }

  private slot(band: number, hash: number): number {
    const size = this.heads.length / bands;
    return band * size + (hash & (size - 1));
  }
}
