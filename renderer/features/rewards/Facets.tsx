import { memo, useMemo } from 'react';
import type { ColumnInfo } from '#shared/model/column.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { Facet } from './Facet.tsx';
import { MarkFacet } from './MarkFacet.tsx';

const first = ['agent', 'status', 'truncated', 'model'];
/** Texts that differ in every row, and what the table has better. */
const never = new Set(['prompt', 'answer', 'task', 'star', 'tags', 'note']);
const most = 12;

/** Columns that may have few values, the ones that every file has first; a facet that turns out to have many hides itself. */
export function facetColumns(columns: readonly ColumnInfo[], files: number): string[] {
  const fit = columns.filter(
    ({ name, kind, present }) =>
      present > 0 &&
      (kind === 'string' || kind === 'boolean') &&
      !never.has(name) &&
      !name.startsWith('_') &&
      (name !== 'file' || files > 1),
  );
  const rank = ({ name, derived }: ColumnInfo): number => (first.includes(name) ? first.indexOf(name) : derived ? 10 : 20);
  return [...fit]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, most)
    .map(({ name }) => name);
}

export const Facets = memo(function Facets() {
  const { columns, state } = useDataset();
  const files = state.files.length;
  const names = useMemo(() => facetColumns(columns, files), [columns, files]);
  return (
    <>
      <MarkFacet />
      {names.map((name) => (
        <Facet key={name} column={name} />
      ))}
    </>
  );
});
