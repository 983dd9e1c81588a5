/** From this many distinct texts on a column must prove that its texts repeat. */
const freeValues = 1 << 18;
/** UTF-16 units of all texts of one column. */
const maxChars = 32 << 20;

/** Texts of one column, each once, named by codes from 0. Takes no more new ones when they hardly repeat. */
export class Dictionary {
  readonly values: string[] = [];
  private readonly codes = new Map<string, number>();
  private chars = 0;
  private asked = 0;
  private isClosed = false;

  /** The code of a text; undefined once the dictionary has given up. */
  codeOf(text: string): number | undefined {
    if (this.isClosed) return undefined;
    this.asked++;
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const { length } = this.values;
    if ((length >= freeValues && length > this.asked / 2) || this.chars > maxChars) {
      this.isClosed = true;
      // What has a code keeps it; nothing is looked up any more.
      this.codes.clear();
      return undefined;
    }
    this.codes.set(text, length);
    this.values.push(text);
    this.chars += text.length;
    return length;
  }

  /** Texts known by their codes were met again. */
  countAgain(times: number): void {
    this.asked += times;
  }
}
