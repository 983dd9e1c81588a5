/** LaTeX commands that one sign says as well. */
const signs: Readonly<Record<string, string>> = {
  ldots: '…',
  dots: '…',
  cdots: '…',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  neq: '≠',
  cdot: '·',
  times: '×',
  infty: '∞',
  pi: 'π',
  to: '→',
};

/**
 * The beginning of a text as a list shows it: marks of Markdown and the commonest of LaTeX left out, on one line. For looking
 * only: titles, copies and the reader have the text as it is.
 */
export function tidy(text: string): string {
  return text
    .replace(/(^|\s)#{1,6}\s+/g, '$1')
    .replace(/\*\*(\S(?:[^*]*\S)?)\*\*/g, '$1')
    .replace(/`{1,3}([^`]+)`{1,3}/g, '$1')
    .replace(/!?\[([^\]]+)\]\([^)\s]+\)/g, '$1')
    .replace(/\$([^$\s](?:[^$]*[^$\s])?)\$/g, (whole, inside: string) => (isMath(inside) ? math(inside) : whole))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Two prices are not a formula. */
function isMath(inside: string): boolean {
  return /[\\^_=<>+]/.test(inside) || /^[a-zA-Z\d]$/.test(inside);
}

function math(inside: string): string {
  return inside.replace(/\\([a-zA-Z]+)/g, (command, name: string) => signs[name] ?? command).replace(/\s*([≤≥≠→])\s*/g, ' $1 ');
}
