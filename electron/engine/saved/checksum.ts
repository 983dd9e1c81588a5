// Words are below the length of their array, so they are never undefined: that is what `!` stands for here.

const prime1 = 0x9e3779b1 | 0;
const prime2 = 0x85ebca77 | 0;
const prime3 = 0xc2b2ae3d | 0;

/** What is summed comes in pieces of so many bytes: four words at a time go into four sums. */
export const checksumStep = 16;

/**
 * XXH32 (github.com/Cyan4973/xxHash, doc/xxhash_spec.md), seed 0, of bytes in this machine's order that come in pieces. It
 * guards against broken disks and half-written files at the speed of memory; against forgers nothing here does.
 */
export class Checksum {
  private readonly sums = Int32Array.of((prime1 + prime2) | 0, prime2, 0, -prime1 | 0);
  private length = 0;

  /** A whole number of steps. */
  add(words: Int32Array): void {
    const { sums } = this;
    let [a, b, c, d] = [sums[0]!, sums[1]!, sums[2]!, sums[3]!];
    for (let i = 0; i < words.length; i += 4) {
      a = (a + Math.imul(words[i]!, prime2)) | 0;
      a = Math.imul((a << 13) | (a >>> 19), prime1);
      b = (b + Math.imul(words[i + 1]!, prime2)) | 0;
      b = Math.imul((b << 13) | (b >>> 19), prime1);
      c = (c + Math.imul(words[i + 2]!, prime2)) | 0;
      c = Math.imul((c << 13) | (c >>> 19), prime1);
      d = (d + Math.imul(words[i + 3]!, prime2)) | 0;
      d = Math.imul((d << 13) | (d >>> 19), prime1);
    }
    sums.set([a, b, c, d]);
    this.length += words.byteLength;
  }

  value(): number {
    const [a, b, c, d] = [this.sums[0]!, this.sums[1]!, this.sums[2]!, this.sums[3]!];
    let sum = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18) + this.length) | 0;
    sum = Math.imul(sum ^ (sum >>> 15), prime2);
    sum = Math.imul(sum ^ (sum >>> 13), prime3);
    return (sum ^ (sum >>> 16)) >>> 0;
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
