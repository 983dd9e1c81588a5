import { useMemo } from 'react';
import { limits } from '#shared/limits.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useProblems } from '../../data/problems-context.tsx';
import type { PlacedColumn } from './column-sizes.ts';
import { usual } from './columns.ts';

/**
 * The columns to ask rows for: what nearly every table shows, so that rows come before the columns are known, the one a draft is
 * about, and those in view. What must be read or searched first is asked for once it is there: rows do not wait for it.
 */
export function useAskedColumns(inView: readonly PlacedColumn[], drafted: string | undefined): readonly string[] {
  const { state } = useDataset();
  const found = useProblems().value;
  const isSearched = found !== undefined && found.asked === found.rules && state.phase !== 'reading';
  const wanted = inView.filter(({ column }) => !column.pending && (column.name !== 'problems' || isSearched));
  const names = [
    ...new Set([...(drafted === undefined ? [] : [drafted]), ...wanted.flatMap(({ column }) => namesFor(column.name)), ...usual]),
  ];
  const key = JSON.stringify(names.slice(0, limits.pageColumns).sort());
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for the names, whatever their order on screen
  return useMemo(() => names.slice(0, limits.pageColumns).sort(), [key]);
}

/** The sign of a problem is that of the worst. */
function namesFor(column: string): readonly string[] {
  return column === 'problems' ? [column, 'problem_severity'] : [column];
}
