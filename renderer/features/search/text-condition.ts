import { quoteString } from '#shared/model/expression/index.ts';
import { searchScopes, type SearchPattern } from '#shared/model/search.ts';
import { printRegex } from '../../state/print-regex.ts';

/** The condition that keeps the rollouts a search finds; null where no condition means the same: it always looks into all text. */
export function textCondition({ text, regex, ignoreCase, scopes }: SearchPattern): string | null {
  if (searchScopes.some((scope) => !scopes.includes(scope))) return null;
  if (!regex && ignoreCase) return `text ~ ${quoteString(text)}`;
  const source = regex ? text : text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return `text ~ ${printRegex(source, ignoreCase)}`;
}
