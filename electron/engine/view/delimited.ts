import { type JsonValue, writeJson } from '#shared/model/json.ts';

export interface Dialect {
  readonly separator: ',' | '\t';
  /**
   * Texts that would read as no value stand in quotes, so that an empty text is not a missing one and the text "null" not a
   * null. Spreadsheets that paste tabs would show those quotes.
   */
  readonly quotesEmpty: boolean;
}
export const csv: Dialect = { separator: ',', quotesEmpty: true };
export const tsv: Dialect = { separator: '\t', quotesEmpty: false };

/** One line of values (RFC 4180, quotes doubled) with its newline. Missing is nothing at all, null is `null`. */
export function delimitedLine(values: readonly (JsonValue | undefined)[], dialect: Dialect): string {
  return `${values.map((value) => field(value, dialect)).join(dialect.separator)}\n`;
}

function field(value: JsonValue | undefined, { separator, quotesEmpty }: Dialect): string {
  if (value === undefined) return '';
  const text = plainText(value);
  const looksEmpty = quotesEmpty && typeof value === 'string' && (text === '' || text === 'null');
  const breaks = text.includes(separator) || /["\r\n]/.test(text);
  return looksEmpty || breaks ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text as it is, all else as JSON. */
export function plainText(value: JsonValue): string {
  return typeof value === 'string' ? value : writeJson(value);
}
