import type { OptionValue } from '#shared/model/recipe.ts';
import { gridColumns, type GridColumn, type TargetInfo } from '#shared/model/target.ts';

/** A way to fill a cell of the grid: a target, and the options that make it fit there. */
export interface Variant {
  readonly column: GridColumn;
  readonly target: TargetInfo;
  /** Also those that are at their default, where others would make it stand in another cell. */
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
    target.cells
      .filter((cell) => cell.column === column)
      .map(({ options = {} }) => ({ column, target, options: { ...defaultsOf(target), ...options } })),
  );
}

/** Of the options that tell the cells of a target apart. */
function defaultsOf({ cells, options }: TargetInfo): Record<string, OptionValue> {
  const keys = new Set(cells.flatMap((cell) => Object.keys(cell.options ?? {})));
  return Object.fromEntries(options.filter(({ key }) => keys.has(key)).map((option) => [option.key, option.default]));
}

/** Whether choices fit the variant: its target, and its options where the target may stand in several cells. */
export function isChosen({ target, options }: Variant, chosen: string, valueOf: (key: string) => OptionValue | undefined): boolean {
  return target.target === chosen && Object.entries(options).every(([key, value]) => typeof value === 'object' || valueOf(key) === value);
}

/** The one variant that is chosen: of several that the choices fit, that of the column they were made in, else the first. */
export function chosenVariant(
  rows: readonly GridRow[],
  chosen: string,
  valueOf: (key: string) => OptionValue | undefined,
  column: GridColumn | null,
): Variant | undefined {
  const fitting = rows.flatMap(({ cells }) => cells.flat()).filter((variant) => isChosen(variant, chosen, valueOf));
  return fitting.find((variant) => variant.column === column) ?? fitting[0];
}

/**
 * The options to set when a variant is chosen. A mapping of fields is a proposal: what the user has made of it stays, in whatever
 * cell he goes on.
 */
export function optionsToSet({ target, options }: Variant, chosen: Readonly<Record<string, OptionValue>>): Record<string, OptionValue> {
  const isProposed = (key: string): boolean => {
    const value = chosen[key];
    const proposals = [target.options.find((option) => option.key === key)?.default, ...target.cells.map((cell) => cell.options?.[key])];
    return value === undefined || proposals.some((proposal) => JSON.stringify(proposal) === JSON.stringify(value));
  };
  return Object.fromEntries(Object.entries(options).filter(([key, value]) => typeof value !== 'object' || isProposed(key)));
}
