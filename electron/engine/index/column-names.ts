import { derivedColumns } from '#shared/model/derived.ts';
import type { ColumnSource } from '../scan/fields.ts';

const derivedNames: ReadonlySet<string> = new Set(derivedColumns.map(({ name }) => name));
const nestedScopes = ['usage', 'reward_components', 'sampling', 'items'] as const;
const prefix = 'field.';

/**
 * The public name of a column. A top-level field that is called like a derived column, or like a nested field we know, gets
 * the prefix `field.`; so does one whose name without that prefix would need it. No two sources have the same name.
 */
export function columnName({ scope, key }: ColumnSource): string {
  switch (scope) {
    case 'derived':
      return key;
    case 'usage':
    case 'reward_components':
    case 'sampling':
    case 'items':
      return `${scope}.${key}`;
    case 'names':
    case 'hash':
      return `(${scope} ${key})`; // hidden: nobody can ask for it
    case 'field':
      return needsPrefix(key) ? prefix + key : key;
  }
}

function needsPrefix(key: string): boolean {
  if (derivedNames.has(key) || nestedScopes.some((scope) => key.startsWith(`${scope}.`))) return true;
  return key.startsWith(prefix) && needsPrefix(key.slice(prefix.length));
}

/** The field behind a public name: the inverse of `columnName`, for columns that are not derived. */
export function columnSource(name: string): ColumnSource {
  if (name.startsWith(prefix) && needsPrefix(name.slice(prefix.length))) return { scope: 'field', key: name.slice(prefix.length) };
  for (const scope of nestedScopes) {
    if (name.startsWith(`${scope}.`)) return { scope, key: name.slice(scope.length + 1) };
  }
  return { scope: 'field', key: name };
}

/** Tells sources apart. */
export function sourceName({ scope, key }: ColumnSource): string {
  return `${scope}:${key}`;
}
