import { splitOf } from '../../state/split.ts';
import { conditionWords } from '../../state/words.ts';
import { formatExact } from '../../ui/format.ts';

/** A draft in a few words: `≥ 0.5`, `split at 0.5`, `whole groups with signal`. */
export function draftWords(draft: string): string {
  const split = splitOf(draft);
  if (split !== null) return `split at ${formatExact(split.at)}`;
  if (/^group\.signal(?:\(|$)/.test(draft)) return 'whole groups with signal';
  const words = conditionWords(draft, formatExact);
  return words === null ? draft : `${words.relation} ${words.value}`;
}
