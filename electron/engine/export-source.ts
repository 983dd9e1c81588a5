import type { ExportSource, ExportThreads } from './export/index.ts';
import { filterCounts, filterRows, findColumn, hasBit } from './query/index.ts';
import type { DatasetIndex } from './select/index.ts';
import type { PlannedTasks } from './neighbours/index.ts';
import type { Source } from './source/index.ts';
import { type ProblemFinder, requireRule } from './validate/index.ts';

interface Means {
  /** With the tasks that the recipe's filter asks for. */
  readonly index: DatasetIndex;
  /** Of the files, as the dataset calls them. */
  readonly names: readonly string[];
  readonly sources: readonly Source[];
  readonly finder: ProblemFinder;
  readonly threads: ExportThreads;
  readonly planned?: PlannedTasks | undefined;
}

/** What an export reads of a dataset. */
export function exportSourceOf({ index, names, sources, finder, planned, threads }: Means, version: string): ExportSource {
  return {
    index,
    files: sources.map((source, i) => ({ name: names[i] ?? source.name, bytes: source.bytes, fingerprint: source.fingerprint })),
    column: (name) => findColumn(index, name),
    select: (filter) => ({ rows: filterRows(index, filter), filteredOut: filterCounts(index, filter) }),
    tasks: () => index.tasks(),
    rule(id) {
      const rows = finder.rowsOf(id);
      return { ...requireRule(id), found: (row) => hasBit(rows, row) };
    },
    planned,
    threads,
    version,
  };
}
