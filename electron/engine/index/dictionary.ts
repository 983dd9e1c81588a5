/** From this many distinct texts on a column must prove that its texts repeat. */
const freeValues = 1 << 17;
/** UTF-16 units of all texts of one column. */
const maxChars = 32 << 20;

/** Texts of one column, each once, named by codes from 0. Takes no more new ones when they hardly repeat. */
export class Dictionary {
  readonly values: string[] = [];
  private readonly codes = new Map<string, number>();
  private chars = 0;
  private asked = 0;
  private isClosed = false;

  /** The code of a text, or undefined where it is new and the dictionary has given up. */
  codeOf(text: string): number | undefined {
    this.asked++;
    const known = this.codes.get(text);
    if (known !== undefined || this.isClosed) return known;
    const { length } = this.values;
    if ((length >= freeValues && length > this.asked / 2) || this.chars > maxChars) {
      this.isClosed = true;
      return undefined;
    }
    this.codes.set(text, length);
    this.values.push(text);
    this.chars += text.length;
    return length;
  }

  /** A text known by its code was met again. */
  countAgain(times: number): void {
    this.asked += times;
  }
}
