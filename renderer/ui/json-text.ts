/**
 * JSON as text: shown as the file writes it. Parsing first would lose what a value cannot hold: `1.0`, integers beyond
 * 2^53, a key that stands twice.
 */

/** Position behind the string whose opening quote is at `start`; the end of the text when it is never closed. */
export function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slash = at - 1;
    while (text[slash] === '\\') slash--;
    if ((at - slash) % 2 === 1) return at + 1;
  }
  return text.length;
}

/** Valid JSON with line breaks and two spaces a level, every token untouched. Empty lists and objects stay on one line. */
export function indentJson(text: string): string {
  const out: string[] = [];
  let depth = 0;
  let at = 0;
  const newLine = (): void => void out.push('\n', '  '.repeat(depth));
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = stringEnd(text, at);
      out.push(text.slice(at, end));
      at = end;
      continue;
    }
    at++;
    if (character === '{' || character === '[') {
      const next = skipSpace(text, at);
      const close = text.charAt(next);
      if (close === '}' || close === ']') {
        out.push(character, close);
        at = next + 1;
      } else {
        depth++;
        out.push(character);
        newLine();
      }
    } else if (character === '}' || character === ']') {
      depth--;
      newLine();
      out.push(character);
    } else if (character === ',') {
      out.push(',');
      newLine();
    } else if (character === ':') out.push(': ');
    else if (!isSpace(character)) out.push(character);
  }
  return out.join('');
}

/** The members of a JSON object in the order of the text, each value as written; null when the text is no JSON object. */
export function objectMembers(text: string): { name: string; value: string }[] | null {
  const object = parsed(text);
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return null;
  const members: { name: string; value: string }[] = [];
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text.charAt(at) === '"') {
    const nameEnd = stringEnd(text, at);
    const start = skipSpace(text, text.indexOf(':', nameEnd) + 1);
    const end = valueEnd(text, start);
    members.push({ name: String(parsed(text.slice(at, nameEnd))), value: text.slice(start, end).trimEnd() });
    at = skipSpace(text, text.charAt(end) === ',' ? end + 1 : end);
  }
  return members;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Position of the comma or bracket behind the value that starts at `start`. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') at = stringEnd(text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      if (depth === 0) return at;
      depth--;
    } else if (character === ',' && depth === 0) return at;
  }
  return text.length;
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && isSpace(text.charAt(at))) at++;
  return at;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

export type JsonToken = 'key' | 'string' | 'number' | 'word' | 'other';

const token = /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)\b/g;

/** Cuts one line of JSON at its tokens, for colour alone. */
export function jsonTokens(line: string): { kind: JsonToken; text: string }[] {
  const pieces: { kind: JsonToken; text: string }[] = [];
  let at = 0;
  for (const match of line.matchAll(token)) {
    if (match.index > at) pieces.push({ kind: 'other', text: line.slice(at, match.index) });
    const [whole, string, colon, number] = match;
    if (string !== undefined) {
      pieces.push({ kind: colon === undefined ? 'string' : 'key', text: string });
      if (colon !== undefined) pieces.push({ kind: 'other', text: colon });
    } else pieces.push({ kind: number === undefined ? 'word' : 'number', text: whole });
    at = match.index + whole.length;
  }
  if (at < line.length) pieces.push({ kind: 'other', text: line.slice(at) });
  return pieces;
}
