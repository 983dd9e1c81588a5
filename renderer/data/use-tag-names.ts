import { useMemo } from 'react';
import { limits } from '#shared/limits.ts';
import { useDataset } from './dataset-context.tsx';
import { useRequest } from './use-request.ts';

export interface TagCount {
  readonly tag: string;
  readonly count: number;
}

/** The tags of the rollouts that a filter keeps, most frequent first. Cells join them by commas. */
export function useTagNames(filter: readonly string[] = []): readonly TagCount[] {
  const { dataset, columns, version } = useDataset();
  const isThere = columns.some(({ name, present }) => name === 'tags' && present > 0);
  const question = isThere ? { dataset, filter: [...filter], column: 'tags', limit: limits.facetValues } : null;
  const facet = useRequest('column.facet', question, { version, pace: 'settle' }).value;
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { value, count } of facet?.values ?? []) {
      if (typeof value !== 'string') continue;
      for (const tag of value.split(', ')) counts.set(tag, (counts.get(tag) ?? 0) + count);
    }
    return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => b.count - a.count);
  }, [facet]);
}
