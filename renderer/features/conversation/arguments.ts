import { objectMembers } from '../../ui/json-text.ts';

/** One argument of a call. Text is shown without quotes, everything else as the file writes it. */
export interface ArgumentPair {
  readonly name: string;
  readonly text: string;
  readonly kind: 'text' | 'null' | 'other';
}

/** The arguments of a call, in their order; null when they are no JSON object, and then the raw text is what there is to show. */
export function argumentPairs(raw: string): ArgumentPair[] | null {
  return (
    objectMembers(raw)?.map(({ name, value }): ArgumentPair => {
      if (value === 'null') return { name, text: value, kind: 'null' };
      if (value.startsWith('"')) return { name, text: String(JSON.parse(value)), kind: 'text' };
      return { name, text: value, kind: 'other' };
    }) ?? null
  );
}

/** Longest value that stands beside its name; longer ones, and those of several lines, get a box of their own. */
const inlineCharacters = 60;

export function isInline(pair: ArgumentPair): boolean {
  return pair.text.length <= inlineCharacters && !pair.text.includes('\n');
}
