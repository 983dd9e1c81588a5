import { type RegexPiece, regexPieces } from '#shared/model/expression/index.ts';

/** What `\s` is in JavaScript: more than RE2's. */
const spaces = '\\t\\n\\x{b}\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
/** Where a line ends in JavaScript. */
const lineEnds = '\\n\\r\\x{2028}\\x{2029}';

/** A pattern that passed the language's check, in RE2's syntax. */
export function toRe2(source: string, flags: string): string {
  const pieces = regexPieces(source);
  const written: string[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const [piece, next] = [pieces[i], pieces[i + 1]];
    if (piece?.kind === 'class-start' && next?.kind === 'class-end') {
      written.push(piece.text === '[' ? '(?-i:[^\\x{0}-\\x{10ffff}])' : '(?s:.)'); // [] is nothing, [^] is anything
      i++;
    } else if (piece) written.push(writePiece(piece, flags));
  }
  return written.join('');
}

function writePiece({ kind, text, inClass }: RegexPiece, flags: string): string {
  if (kind === 'escape') return writeEscape(text, inClass);
  if (kind !== 'character') return text;
  if (inClass) return text === '[' ? '\\[' : text;
  if (text === '.') return flags.includes('s') ? '(?s:.)' : `(?-i:[^${lineEnds}])`; // folding cases of so many takes long
  if (text === '^') return flags.includes('m') ? '(?m:^)' : '\\A';
  if (text === '$') return flags.includes('m') ? '(?m:$)' : '\\z';
  return text === '{' || text === '}' || text === ']' ? `\\${text}` : text;
}

function writeEscape(text: string, inClass: boolean): string {
  const letter = text[1] ?? '\\';
  const code = /^\\(?:u\{([0-9a-fA-F]+)\}|[ux]([0-9a-fA-F]{2,4}))$/.exec(text);
  if (code) return `\\x{${code[1] ?? code[2] ?? '0'}}`;
  if (/^\\c[A-Za-z]$/.test(text)) return `\\x{${(text.charCodeAt(2) & 31).toString(16)}}`;
  if (letter === '0') return '\\x{0}';
  if (letter === 's') return inClass ? spaces : `[${spaces}]`;
  if (letter === 'S' && !inClass) return `(?-i:[^${spaces}])`;
  if (letter === 'S')
    return '\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
  if (letter === 'b' && inClass) return '\\x{8}';
  if ('dDwWbBfnrtv'.includes(letter)) return text;
  if (letter === 'p' || letter === 'P') return text;
  // JavaScript takes any other escaped letter for itself.
  return /[A-Za-z0-9]/.test(letter) ? letter : `\\${text.slice(1)}`;
}
