import { type PackedTexts, unpackTexts } from './packed-texts.ts';

/** From this many distinct texts on a column must prove that its texts repeat. */
const freeValues = 1 << 18;
/** UTF-16 units of all texts of one column. */
const maxChars = 32 << 20;

/** How far a dictionary had come at some time. */
export interface DictionaryMark {
  /** Texts in it. */
  readonly length: number;
  /** Texts asked for, again or anew. */
  readonly asked: number;
  readonly isClosed: boolean;
}

/** Texts of one column, each once, named by codes from 0. Takes no more new ones when they hardly repeat. */
export class Dictionary {
  private readonly texts: string[] = [];
  /** Saved texts that follow those; unpacked when one is wanted. */
  private packed: PackedTexts[] = [];
  private readonly codes = new Map<string, number>();
  private length = 0;
  private chars = 0;
  private asked = 0;
  private isClosed = false;

  /** By code. */
  get values(): readonly string[] {
    if (this.packed.length > 0) {
      for (const packed of this.packed) for (const text of unpackTexts(packed)) this.texts.push(text);
      this.packed = [];
    }
    return this.texts;
  }

  get mark(): DictionaryMark {
    const { length, asked, isClosed } = this;
    return { length, asked, isClosed };
  }

  /** The code of a text; undefined once the dictionary has given up. */
  codeOf(text: string): number | undefined {
    if (this.isClosed) return undefined;
    // Behind by what was restored.
    if (this.codes.size < this.length) this.values.forEach((value, code) => this.codes.set(value, code));
    this.asked++;
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const { length } = this;
    if ((length >= freeValues && length > this.asked / 2) || this.chars > maxChars) {
      this.isClosed = true;
      // What has a code keeps it; nothing is looked up any more.
      this.codes.clear();
      return undefined;
    }
    this.codes.set(text, length);
    this.texts.push(text);
    this.length++;
    this.chars += text.length;
    return length;
  }

  /** Texts known by their codes were met again. */
  countAgain(times: number): void {
    this.asked += times;
  }

  /** Takes over saved texts: the dictionary is what it was when they had been added. */
  restore(texts: PackedTexts, { length, asked, isClosed }: DictionaryMark): void {
    if (texts.ends.length > 0) this.packed.push(texts);
    this.length = length;
    this.chars += texts.ends.at(-1) ?? 0;
    this.asked = asked;
    this.isClosed = isClosed;
    if (isClosed) this.codes.clear();
  }
}
