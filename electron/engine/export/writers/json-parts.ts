/** Bytes [start, end) of a JSON text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const quote = 34;
const comma = 44;
const colon = 58;
const backslash = 92;

/** A JSON text that `writeJson` wrote, so without white space, to be cut into its parts. */
export class JsonParts {
  /** A character for each byte: its own search is several times faster than that of bytes. */
  private readonly text: string;

  constructor(readonly bytes: Buffer) {
    this.text = bytes.toString('latin1');
  }

  /** The fields of an object, in their order. */
  fields(): Map<string, Span> {
    const { text, bytes } = this;
    const fields = new Map<string, Span>();
    for (let at = 1; at < text.length - 1;) {
      const keyEnd = this.stringEnd(at);
      const name: unknown = JSON.parse(bytes.toString('utf8', at, keyEnd));
      if (typeof name !== 'string' || text.charCodeAt(keyEnd) !== colon) throw new SyntaxError('this is no object without white space');
      const start = keyEnd + 1;
      const end = this.valueEnd(start);
      fields.set(name, { start, end });
      at = end + 1; // behind the comma
    }
    return fields;
  }

  /** The bytes of each value of the list at [start, end). */
  items({ start, end }: Span): Buffer[] {
    const items: Buffer[] = [];
    for (let at = start + 1; at < end - 1;) {
      const itemEnd = this.valueEnd(at);
      items.push(this.bytes.subarray(at, itemEnd));
      at = itemEnd + 1;
    }
    return items;
  }

  /** Where a value ends: at the comma or bracket behind it. */
  private valueEnd(start: number): number {
    const { text } = this;
    let depth = 0;
    for (let at = start; at < text.length; at++) {
      switch (text.charCodeAt(at)) {
        case quote:
          at = this.stringEnd(at) - 1;
          break;
        case 91: // [
        case 123: // {
          depth++;
          break;
        case 93: // ]
        case 125: // }
          if (depth === 0) return at;
          depth--;
          break;
        case comma:
          if (depth === 0) return at;
          break;
        default:
      }
    }
    return text.length;
  }

  /** Behind the closing quote of the string that begins at a quote. */
  private stringEnd(start: number): number {
    const { text } = this;
    for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
      let slashes = 0;
      while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
      if (slashes % 2 === 0) return at + 1;
    }
    throw new SyntaxError('the text ends inside a string');
  }
}
