import { computedOperand, type Operand, pathKeys } from '../expression/index.ts';

/** A condition that another tool cannot be told; the message says what. */
export class Untranslatable extends Error {}

export type RowKeys = readonly (string | number)[];

/** Derived columns that are one place in the row; the others take more than a path. */
const places: Readonly<Record<string, RowKeys>> = {
  agent: ['agent_ref', 'name'],
  rollout: ['_ng_rollout_index'],
  tokens: ['response', 'usage', 'output_tokens'],
  tokens_in: ['response', 'usage', 'input_tokens'],
  status: ['response', 'status'],
  incomplete_reason: ['response', 'incomplete_details', 'reason'],
};

/** What is known of columns: those that are fields of the file, and those that are made from a row. */
export interface KnownColumns {
  readonly fields: ReadonlySet<string>;
  readonly derived: ReadonlySet<string>;
}

/** What a name computes, where it is not simply the name of a field. */
export function computedBy(name: string, { fields }: KnownColumns): Operand | undefined {
  return fields.has(name) ? undefined : computedOperand(name);
}

/**
 * Where a column lies in its row, as alternatives: a key of that whole name, or the path it may be. (A file in which some rows have
 * the one and some the other is read otherwise by the engine.) Fails with Untranslatable where it is no place in the row.
 */
export function rowKeys(column: string, known: KnownColumns): readonly RowKeys[] {
  const place = places[column];
  if (place) return [place];
  if (known.derived.has(column)) throw new Untranslatable(`${column} is made by Rollscope, not read from the row`);
  const keys = pathKeys(column);
  const [first = '', ...rest] = keys;
  if (keys.length === 1) return [keys];
  if (first === 'usage') return [['response', 'usage', ...rest]];
  if (first === 'sampling') return [['responses_create_params', ...rest]];
  if (first === 'items') throw new Untranslatable(`${column} is counted by Rollscope, not read from the row`);
  if (first === 'field') return [rest];
  return [[column], keys];
}

export function onlyAscii(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new Untranslatable('text that ignores upper and lower case is compared otherwise beyond ASCII');
  return text.toLowerCase();
}

/** Patterns, figures of groups and what else only this engine knows. */
export function refuse(what: string): never {
  throw new Untranslatable(what);
}
export const refusals = {
  regex: 'regular expressions mean other things there',
  group: 'figures of a task need all its rollouts',
  tool: 'which tools are called takes more than a path',
  problem: 'findings of rules are not in the row',
  text: 'text of conversations takes more than a path',
  mark: 'review marks are not in the row',
} as const;
