import { IconColumns3, IconFilter } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ColumnInfo } from '#shared/model/column.ts';
import { quoteName } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { viewOffers } from '../../features/table/column-offers.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount, formatPercent } from '../../ui/format.ts';
import type { Command } from '../../ui/command.ts';

/** The columns, each with what can be done with it; a number is looked at, a text is filtered by. */
export function useColumnCommands(typeCondition: (start: string) => void, offered: readonly Command[]): Command[] {
  const { columns } = useDataset();
  const { view, dispatch } = useSteadyView();
  const { metric } = view;
  const byColumn = useMemo(() => {
    const known = new Map<string, Command[]>();
    for (const command of offered) {
      if (command.column === undefined) continue;
      known.set(command.column, [...(known.get(command.column) ?? []), command]);
    }
    return known;
  }, [offered]);

  return useMemo(
    () =>
      columns.map((column): Command => {
        const { name } = column;
        const type: Command = {
          id: `column.filter.${name}`,
          title: `Filter by ${name}`,
          icon: IconFilter,
          run: () => typeCondition(`${quoteName(name)} `),
        };
        const inView = viewOffers(column, view, dispatch);
        const look = inView.find(({ id }) => id === `column.look.${name}`);
        const first = look ?? type;
        return {
          id: `column.${name}`,
          title: name,
          detail: describe(column, name === metric),
          icon: IconColumns3,
          run: first.run,
          more: [...(look === undefined ? [type] : [look, type]), ...inView.filter((each) => each !== look), ...(byColumn.get(name) ?? [])],
        };
      }),
    [columns, metric, view, dispatch, typeCondition, byColumn],
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
