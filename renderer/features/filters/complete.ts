import { quoteName } from '#shared/model/expression/index.ts';

/** A piece of the line that a completion would take the place of. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly options: readonly string[];
}

const most = 8;

/**
 * Columns that fit the word before the caret, those that begin with it first. None inside a string, a pattern or a number,
 * and none while nothing is typed.
 */
export function completeAt(text: string, caret: number, columns: readonly string[]): Completion | null {
  const before = text.slice(0, caret);
  if (isInText(before)) return null;
  const word = /(?:`[^`]*|[\p{L}_][\p{L}\p{N}_.]*)$/u.exec(before)?.[0];
  if (word === undefined) return null;
  const wanted = word.replace(/^`/, '').toLowerCase();
  const fits = columns.filter((name) => name.toLowerCase().includes(wanted));
  const starts = (name: string): number => (name.toLowerCase().startsWith(wanted) ? 0 : 1);
  const options = fits.sort((a, b) => starts(a) - starts(b)).slice(0, most);
  if (options.length === 0 || (options.length === 1 && options[0] === word)) return null;
  return { start: caret - word.length, end: caret, options };
}

/** The line with a column put in, and where the caret goes. */
export function insertCompletion(text: string, { start, end }: Completion, column: string): { text: string; caret: number } {
  const name = `${quoteName(column)} `;
  const rest = text.slice(end).replace(/^`? ?/, '');
  return { text: `${text.slice(0, start)}${name}${rest}`, caret: start + name.length };
}

function isInText(before: string): boolean {
  const quotes = before.replaceAll(/\\./g, '').match(/"/g)?.length ?? 0;
  return quotes % 2 === 1;
}
