import { firstOdd, type OddKind } from '../odd-json/index.ts';
import { bitsWhere } from '../query/index.ts';
import { type ColumnRule, once } from './rule.ts';

const described: readonly (Omit<ColumnRule, 'search' | 'needsLines'> & { readonly kind: OddKind; message(text: string): string })[] = [
  {
    id: 'text/lone-surrogate',
    kind: 'lone-surrogate',
    severity: 'warning',
    title: 'Half a surrogate pair',
    meaning: 'A text or key holds half of a surrogate pair, which is no character: loaders drop it silently or refuse the whole file.',
    remedy: 'A character was cut in two at its source, mostly an emoji at a limit of UTF-16 units. Cut at characters instead.',
    message: (text) => `${text} stands without its other half`,
  },
  {
    id: 'json/duplicate-key',
    kind: 'duplicate-key',
    severity: 'warning',
    title: 'Key stands twice',
    meaning:
      'An object has a key more than once. Here and in Python the last one counts; other readers take the first, or refuse the line.',
    remedy: 'Look at the line as it is written: two parts of the writer set the same key. One of the values is lost to every reader.',
    message: (text) => `"${text}" stands again; the last one counts`,
  },
  {
    id: 'number/beyond-float64',
    kind: 'beyond-float64',
    severity: 'note',
    title: 'Number beyond float64',
    meaning:
      'The row holds a number that float64 cannot hold: an integer beyond 2^53 that is rounded, or more than 1.8e308. Most readers change it without a word.',
    remedy: 'Identifiers should be text. Here such numbers keep their digits, and custom/rollouts passes them on as they are.',
    message: (text) => `${text.slice(0, 40)} cannot be held by float64`,
  },
];

/** What is odd anywhere in a row, told by the bytes of its line. */
export const oddRules: readonly ColumnRule[] = described.map(({ kind, message, ...rule }) => ({
  ...rule,
  needsLines: true,
  search: (index, odd) =>
    once(() => ({
      rows: bitsWhere(index.rowCount, (row) => odd.has(kind, row)),
      count: odd.count(kind),
      at: (row) => firstOdd(index.readLine(row), kind)?.at,
      message: (row) => message(firstOdd(index.readLine(row), kind)?.text ?? ''),
    })),
}));
