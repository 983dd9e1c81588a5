/** Words with a meaning of their own; as column names they stand in backquotes. Case does not matter. */
export const keywords = ['and', 'or', 'not', 'between', 'in', 'missing', 'null', 'true', 'false'] as const;
export type Keyword = (typeof keywords)[number];

/** Words with a meaning in some places only (`has tool`, `rank in group`); as names of columns they are printed in backquotes. */
const reserved: ReadonlySet<string> = new Set([...keywords, 'has', 'problem', 'text', 'star', 'tag', 'rank', 'group']);

const bareName = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+|\[\d+\])*$/u;

export function asKeyword(word: string): Keyword | undefined {
  const lower = word.toLowerCase();
  return keywords.find((keyword) => keyword === lower);
}

/** A column's name as an expression writes it: bare where that is unambiguous, else in backquotes (doubled inside). */
export function quoteName(name: string): string {
  const bare = bareName.test(name) && !reserved.has(name.toLowerCase()) && !name.startsWith('group.');
  return bare ? name : `\`${name.replaceAll('`', '``')}\``;
}

/** A text value, in double quotes with JSON's escapes. */
export function quoteString(text: string): string {
  return JSON.stringify(text);
}
