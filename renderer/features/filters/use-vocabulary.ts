import { useMemo } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useProblems } from '../../data/problems-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { formatCount } from '../../ui/format.ts';
import type { CaretContext } from './caret-context.ts';
import type { Vocabulary } from './complete.ts';

const mostValues = 200;

/** What can be proposed at the caret; values are asked for when their column is named. */
export function useVocabulary(context: CaretContext | null): Vocabulary {
  const { dataset, columns, version, isBlank } = useDataset();
  const ofColumn = context?.wants === 'values' ? context.column : context?.wants === 'tags' ? 'tags' : null;
  const column = columns.find(({ name, kind }) => name === ofColumn && kind !== 'number')?.name;
  const asked = column === undefined || isBlank ? null : { dataset, filter: [], column, limit: mostValues };
  const facet = useRequest('column.facet', asked, { version, pace: 'settle' }).value;
  const problems = useProblems().value?.problems;

  return useMemo(() => {
    const values = (facet?.values ?? []).flatMap(({ value, count }) =>
      value === null || typeof value === 'object' ? [] : [{ value, detail: formatCount(count) }],
    );
    return {
      columns,
      values,
      rules: (problems ?? []).map(({ rule, rows }) => ({ id: rule, detail: formatCount(rows) })),
      tags: tagsOf(values.map(({ value }) => String(value))),
    };
  }, [columns, facet, problems]);
}

/** Single tags, of cells that join them by commas. */
export function tagsOf(cells: readonly string[]): string[] {
  return [...new Set(cells.flatMap((cell) => cell.split(',').map((tag) => tag.trim())))].filter((tag) => tag !== '').sort();
}

/** The tags of the dataset. */
export function useTags(): string[] {
  return [...useVocabulary(tagsContext).tags];
}
const tagsContext: CaretContext = { wants: 'tags', column: null, word: '', start: 0 };
