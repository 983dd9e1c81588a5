import type { OptionValue } from '#shared/model/recipe.ts';
import { gridColumns, type GridColumn, type TargetInfo } from '#shared/model/target.ts';

/** A way to fill a cell of the grid: a target, and the options that make it fit there. */
export interface Variant {
  readonly target: TargetInfo;
  readonly options: Readonly<Record<string, OptionValue>>;
}

export interface GridRow {
  readonly framework: TargetInfo['framework'];
  /** One list a column of `gridColumns`; empty where the framework has no such trainer. */
  readonly cells: readonly (readonly Variant[])[];
}

/** Frameworks down, methods across. */
export function gridRows(targets: readonly TargetInfo[]): GridRow[] {
  const frameworks = new Map(targets.map(({ framework }) => [framework.id, framework]));
  return [...frameworks.values()].map((framework) => ({
    framework,
    cells: gridColumns.map(({ id }) =>
      variantsIn(
        targets.filter((target) => target.framework.id === framework.id),
        id,
      ),
    ),
  }));
}

function variantsIn(targets: readonly TargetInfo[], column: GridColumn): Variant[] {
  return targets.flatMap((target) =>
    target.cells.filter((cell) => cell.column === column).map(({ options = {} }) => ({ target, options })),
  );
}

/** Whether choices are those of the variant: its target, and its options where the target may stand in several cells. */
export function isChosen({ target, options }: Variant, chosen: string, valueOf: (key: string) => OptionValue | undefined): boolean {
  if (target.target !== chosen) return false;
  const keys = new Set(target.cells.flatMap((cell) => Object.keys(cell.options ?? {})));
  return [...keys].every((key) => {
    const wanted = options[key] ?? target.options.find((option) => option.key === key)?.default;
    return valueOf(key) === wanted;
  });
}
