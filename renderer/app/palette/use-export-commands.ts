import { IconPackageExport } from '@tabler/icons-react';
import { useMemo } from 'react';
import { gridColumns } from '#shared/model/target.ts';
import { useTargets } from '../../data/use-export.ts';
import { useExportSession } from '../../features/export/export-session.tsx';
import { gridRows, optionsToSet, type Variant } from '../../features/export/grid-cells.ts';
import type { ExportRows } from '../../state/export-choices.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import type { Command } from '../../ui/command.ts';

const rowChoices: Readonly<Record<ExportRows, string>> = {
  filter: 'Export what the filter keeps',
  starred: 'Export the starred rollouts',
  all: 'Export all rollouts',
};

/** Every cell of the grid of targets, and which rows: chosen from any lens, they open the export. */
export function useExportCommands(): Command[] {
  const { dispatch: turn } = useSteadyView();
  const { state, dispatch } = useExportSession();
  const targets = useTargets().value?.targets;
  return useMemo(() => {
    const open = (): void => turn({ type: 'lens', lens: 'export' });
    const choose = (variant: Variant): void => {
      const { column, target } = variant;
      dispatch({ type: 'target', target: target.target, column, options: optionsToSet(variant, state.options) });
      dispatch({ type: 'step', step: 'target' });
      open();
    };
    const variants = gridRows(targets ?? []).flatMap(({ cells }) => cells.flat());
    return [
      ...variants.map((variant, index): Command => ({
        id: `export.target.${index}`,
        title: `Export for ${variant.target.framework.title} ${variant.target.method.title}`,
        words: gridColumns.find(({ id }) => id === variant.column)?.title ?? '',
        detail: variant.target.writes,
        icon: IconPackageExport,
        run: () => choose(variant),
      })),
      ...(Object.keys(rowChoices) as ExportRows[]).map((rows): Command => ({
        id: `export.rows.${rows}`,
        title: rowChoices[rows],
        ...(rows === state.rows ? { detail: 'now' } : {}),
        icon: IconPackageExport,
        run: () => {
          dispatch({ type: 'rows', rows });
          open();
        },
      })),
    ];
  }, [targets, state.options, state.rows, dispatch, turn]);
}
