import { groupFigures, quoteName, quoteString, wholeFigures } from '#shared/model/expression/index.ts';
import type { ColumnInfo } from '#shared/model/column.ts';
import type { CaretContext } from './caret-context.ts';

/** Something to put in at the caret. */
export interface Option {
  readonly label: string;
  /** What takes the place of the word at the caret. */
  readonly insert: string;
  /** What it is: a kind, a count, what it asks. */
  readonly detail: string;
}

/** What the words of a dataset are; `values` of the column at the caret. */
export interface Vocabulary {
  readonly columns: readonly ColumnInfo[];
  readonly values: readonly { readonly value: string | number | boolean; readonly detail: string }[];
  readonly rules: readonly { readonly id: string; readonly detail: string }[];
  readonly tags: readonly string[];
}

/** A test that begins with words of its own. */
interface Phrase {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
}

const phrases: readonly Phrase[] = [
  { label: 'text ~ "…"', insert: 'text ~ "', detail: 'anywhere in the conversation' },
  { label: 'has tool "…"', insert: 'has tool "', detail: 'calls that tool' },
  { label: 'problem "…"', insert: 'problem "', detail: 'a rule found something' },
  { label: 'star', insert: 'star ', detail: 'starred in review' },
  { label: 'tag "…"', insert: 'tag "', detail: 'tagged in review' },
  { label: 'rank in group', insert: 'rank in group <= ', detail: 'best of its task first' },
  { label: 'group by …', insert: 'group by ', detail: 'what makes rollouts one task' },
  { label: 'missing …', insert: 'missing ', detail: 'rollouts without the field' },
  { label: 'null …', insert: 'null ', detail: 'rollouts where it is null' },
  { label: 'not …', insert: 'not ', detail: 'turns the next condition around' },
];
const groupDetails: Readonly<Record<(typeof groupFigures)[number], string>> = {
  mean: 'mean reward of the task',
  min: 'lowest reward of the task',
  max: 'highest reward of the task',
  std: 'spread of the task',
  count: 'rollouts of the task that have a reward',
  size: 'rollouts of the task',
  signal: 'its rewards differ',
  passed: 'rollouts of the task that pass',
  missing: 'planned rollouts of the task that are not there',
};
const most = 60;

/** What fits at the caret, best first; empty where nothing is left to choose. */
export function optionsAt({ wants, column, word }: CaretContext, vocabulary: Vocabulary): Option[] {
  // An empty line shows what kinds of conditions there are; columns are many.
  const all = wants === 'start' && word === '' ? beginnings(vocabulary) : candidates(wants, column, word, vocabulary);
  const wanted = word.toLowerCase();
  const fits = all.filter(({ label }) => label.toLowerCase().includes(wanted));
  const starts = ({ label }: Option): number => (label.toLowerCase().startsWith(wanted) ? 0 : 1);
  const options = fits.sort((a, b) => starts(a) - starts(b)).slice(0, most);
  return options.length === 1 && options[0]?.label === word ? [] : options;
}

/** The line with an option put in, and where the caret goes. */
export function insertOption(text: string, caret: number, { start }: CaretContext, option: Option): { text: string; caret: number } {
  // A quote that closes what is being typed goes with it.
  const rest = text
    .slice(caret)
    .replace(/^["`]/, '')
    .replace(/^ /, option.insert.endsWith(' ') ? '' : ' ');
  return { text: `${text.slice(0, start)}${option.insert}${rest}`, caret: start + option.insert.length };
}

function candidates(wants: CaretContext['wants'], column: string | null, word: string, vocabulary: Vocabulary): Option[] {
  switch (wants) {
    case 'start':
      return [...columnOptions(vocabulary.columns), ...groupOptions(word), ...phrases];
    case 'column':
      return columnOptions(vocabulary.columns);
    case 'operator':
      return column === null ? [] : operatorOptions(column, vocabulary.columns);
    case 'values':
      return vocabulary.values.map(({ value, detail }) => ({
        label: String(value),
        insert: typeof value === 'string' ? `${quoteString(value)} ` : `${value} `,
        detail,
      }));
    case 'rules':
      return vocabulary.rules.map(({ id, detail }) => ({ label: id, insert: `${quoteString(id)} `, detail }));
    case 'tags':
      return vocabulary.tags.map((tag) => ({ label: tag, insert: `${quoteString(tag)} `, detail: '' }));
    case 'joiner':
      return [
        { label: 'and', insert: 'and ', detail: 'both' },
        { label: 'or', insert: 'or ', detail: 'one of them is enough' },
      ];
  }
}

function beginnings({ columns }: Vocabulary): Option[] {
  return [...phrases.slice(0, -3), ...groupOptions('').filter(({ label }) => label !== 'group.size'), ...columnOptions(columns)];
}

function columnOptions(columns: readonly ColumnInfo[]): Option[] {
  return columns.map(({ name, kind }) => ({ label: name, insert: `${quoteName(name)} `, detail: kind }));
}

function groupOptions(word: string): Option[] {
  const figures = groupFigures.map((figure) => ({ label: `group.${figure}`, insert: `group.${figure} `, detail: groupDetails[figure] }));
  // Each can be of another metric; that is said of one, and of any that is typed.
  const ofOthers = groupFigures
    .filter((figure) => !wholeFigures.has(figure) && (figure === 'mean' || word === `group.${figure}`))
    .map((figure) => ({
      label: `group.${figure}( )`,
      insert: `group.${figure}(`,
      detail: `${figure} of another metric over the task`,
    }));
  return [...figures, { label: 'group.pass@4', insert: 'group.pass@4 ', detail: 'pass@4 of the task, or any other k' }, ...ofOthers];
}

function operatorOptions(column: string, columns: readonly ColumnInfo[]): Option[] {
  const kind = column === 'group.signal' ? 'boolean' : (columns.find(({ name }) => name === column)?.kind ?? 'number');
  const known: Option[] = [
    { label: '>=', insert: '>= ', detail: 'at least' },
    { label: '<=', insert: '<= ', detail: 'at most' },
    { label: '=', insert: '= ', detail: 'equal' },
    { label: '!=', insert: '!= ', detail: 'another value' },
    { label: 'between … and …', insert: 'between ', detail: 'both included' },
    { label: 'in ( )', insert: 'in (', detail: 'one of several' },
    { label: '~', insert: '~ "', detail: 'contains, in any case' },
  ];
  const fitting = {
    number: ['>=', '<=', '=', '!=', 'between … and …', 'in ( )'],
    boolean: ['=', '!='],
    string: ['=', '!=', '~', 'in ( )'],
    mixed: known.map(({ label }) => label),
  }[kind];
  return known.filter(({ label }) => fitting.includes(label));
}
