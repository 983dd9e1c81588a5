/** Bytes [start, end) of a JSON text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const quote = 34;
const comma = 44;
const colon = 58;
const backslash = 92;

/** The fields of an object that `writeJson` wrote, so without white space, in their order. */
export function objectFields(json: Buffer): Map<string, Span> {
  const fields = new Map<string, Span>();
  for (let at = 1; at < json.length - 1;) {
    const keyEnd = stringEnd(json, at);
    const name: unknown = JSON.parse(json.toString('utf8', at, keyEnd));
    if (typeof name !== 'string' || json[keyEnd] !== colon) throw new SyntaxError('this is no object without white space');
    const start = keyEnd + 1;
    const end = valueEnd(json, start);
    fields.set(name, { start, end });
    at = end + 1; // behind the comma
  }
  return fields;
}

/** The values of a list that `writeJson` wrote, [start, end) of a text. */
export function listItems(json: Buffer, { start, end }: Span): Span[] {
  const items: Span[] = [];
  for (let at = start + 1; at < end - 1;) {
    const itemEnd = valueEnd(json, at);
    items.push({ start: at, end: itemEnd });
    at = itemEnd + 1;
  }
  return items;
}

/** Where a value ends: at the comma or bracket behind it. Most of a rollout is strings, which are found with `indexOf`. */
function valueEnd(json: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; at++) {
    switch (json[at]) {
      case quote:
        at = stringEnd(json, at) - 1;
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
  return json.length;
}

/** Behind the closing quote of the string that begins at a quote. */
function stringEnd(json: Buffer, start: number): number {
  for (let at = json.indexOf(quote, start + 1); at >= 0; at = json.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (json[at - 1 - slashes] === backslash) slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  throw new SyntaxError('the text ends inside a string');
}
