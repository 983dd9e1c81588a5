import { IconChartHistogram, IconColumns3, IconFilter, IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ColumnInfo } from '#shared/model/column.ts';
import { quoteName } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { isMetric } from '../../data/focus-context.tsx';
import { useView } from '../../state/use-view.tsx';
import { formatCount, formatPercent } from '../../ui/format.ts';
import type { Command } from './command.ts';

/** The columns, each with what can be done with it; a number is looked at, a text is filtered by. */
export function useColumnCommands(typeCondition: (start: string) => void): Command[] {
  const { columns } = useDataset();
  const { view, dispatch } = useView();
  const { metric } = view;

  return useMemo(
    () =>
      columns.map((column): Command => {
        const { name } = column;
        const sort = (descending: boolean): void => dispatch({ type: 'sort.set', sort: [{ column: name, descending }] });
        const look: Command = {
          id: `column.look.${name}`,
          title: `Look at the distribution of ${name}`,
          icon: IconChartHistogram,
          run: () => dispatch({ type: 'metric', metric: name }),
        };
        const type: Command = {
          id: `column.filter.${name}`,
          title: `Filter by ${name}`,
          icon: IconFilter,
          run: () => typeCondition(`${quoteName(name)} `),
        };
        const first = isMetric(column) ? look : type;
        return {
          id: `column.${name}`,
          title: name,
          detail: describe(column, name === metric),
          icon: IconColumns3,
          run: first.run,
          more: [
            ...(isMetric(column) ? [look, type] : [type]),
            { id: `column.high.${name}`, title: `Sort by ${name}, highest first`, icon: IconSortDescending, run: () => sort(true) },
            { id: `column.low.${name}`, title: `Sort by ${name}, lowest first`, icon: IconSortAscending, run: () => sort(false) },
          ],
        };
      }),
    [columns, metric, dispatch, typeCondition],
  );
}

function describe({ kind, present, nulls, missing }: ColumnInfo, inView: boolean): string {
  const rows = present + nulls + missing;
  return [
    kind,
    ...(inView ? ['in the rail'] : []),
    ...(nulls > 0 ? [`${formatCount(nulls)} null`] : []),
    ...(missing > 0 ? [`in ${formatPercent(rows - missing, rows)} of rows`] : []),
  ].join(' · ');
}
