import { NO_TEXT_CODE } from '../kernel-words.ts';
import type { SegmentTexts } from '../segment.ts';
import { encodeWtf8 } from '../wtf8.ts';

const mostTexts = 1 << 18;
const mostBytes = 8 << 20;

/** The distinct short texts of a segment. */
export class TextTable {
  private readonly codes = new Map<string, number>();
  private readonly encoded: Uint8Array[] = [];
  private byteLength = 0;

  get count(): number {
    return this.encoded.length;
  }

  /** The code of a text; NO_TEXT_CODE where there is no room for it. */
  codeOf(text: string): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const bytes = encodeWtf8(text);
    if (this.count >= mostTexts || this.byteLength + bytes.length > mostBytes) return NO_TEXT_CODE;
    this.codes.set(text, this.count);
    this.encoded.push(bytes);
    this.byteLength += bytes.length;
    return this.count - 1;
  }

  all(): SegmentTexts {
    const bytes = new Uint8Array(this.byteLength);
    const ends = new Uint32Array(this.count);
    let end = 0;
    this.encoded.forEach((text, code) => {
      bytes.set(text, end);
      ends[code] = end += text.length;
    });
    return { bytes, ends };
  }
}
