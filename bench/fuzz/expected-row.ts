import { columnName } from '../../electron/engine/index/column-names.ts';
import { CellKind } from '../../electron/engine/index/types.ts';
import { expectedFacts, expectedNames, typeCounts } from './expected-facts.ts';
import { expectedHashes } from './expected-hashes.ts';
import { entries, isObject, NumberToken, own } from './parsed.ts';

/** What the index must hold of one value; `value` is left out of objects, lists and texts that may be any. */
export interface ExpectedCell {
  readonly kind: CellKind;
  readonly value?: number | string | boolean;
  /** Of numbers: as the line writes it. */
  readonly source?: string;
}

const notSampling = ['input', 'tools', 'model', 'instructions'];

/** Every cell of a row by the name of its column, computed from the parsed row and from nothing else. */
export function expectedCells(row: unknown): Map<string, ExpectedCell> {
  const cells = new Map<string, ExpectedCell>();
  const put = (name: string, value: unknown): void => {
    if (value !== undefined) cells.set(name, cellOf(value));
  };
  if (!isObject(row)) return cells;
  for (const [key, value] of Object.entries(row)) put(columnName({ scope: 'field', key }), value);
  const response = own(row, 'response');
  for (const [key, value] of entries(own(response, 'usage'))) put(`usage.${key}`, value);
  for (const [key, value] of entries(own(row, 'reward_components'))) put(`reward_components.${key}`, value);
  const request = own(row, 'responses_create_params');
  for (const [key, value] of entries(request)) if (!notSampling.includes(key)) put(`sampling.${key}`, value);
  for (const [type, count] of typeCounts(response)) put(`items.${type}`, new NumberToken(count, ''));
  for (const [key, names] of Object.entries(expectedNames(row))) {
    if (names === 'unsure') cells.set(`(names ${key})`, { kind: CellKind.string });
    else if (names.length > 0) put(`(names ${key})`, names.join('\n'));
  }
  for (const [key, hash] of Object.entries(expectedHashes(row))) if (hash !== undefined) put(`(hash ${key})`, new NumberToken(hash, ''));
  put('agent', own(own(row, 'agent_ref'), 'name'));
  put('status', own(response, 'status'));
  const incomplete = own(response, 'incomplete_details');
  if (incomplete !== undefined) put('truncated', isObject(incomplete));
  put('incomplete_reason', own(incomplete, 'reason'));
  for (const [name, value] of Object.entries(expectedFacts(row))) put(name, typeof value === 'number' ? new NumberToken(value, '') : value);
  return cells;
}

function cellOf(value: unknown): ExpectedCell {
  if (value === null) return { kind: CellKind.null };
  if (Array.isArray(value)) return { kind: CellKind.array };
  if (value instanceof NumberToken) {
    const isLargeInteger = /^-?\d+$/.test(value.source) && BigInt(value.source.replace('-', '')) > 2n ** 53n;
    const isExact = isLargeInteger || !Number.isFinite(value.value);
    return { kind: isExact ? CellKind.exact : CellKind.number, value: value.value, source: value.source };
  }
  if (typeof value === 'string') return { kind: CellKind.string, value };
  if (typeof value === 'boolean') return { kind: CellKind.boolean, value };
  return { kind: CellKind.object };
}
