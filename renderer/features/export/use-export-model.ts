import { useCallback, useMemo } from 'react';
import type { AppError } from '#shared/errors.ts';
import type { OptionValue, Recipe } from '#shared/model/recipe.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { usePlan, useTargets, type PlanAnswer } from '../../data/use-export.ts';
import { chatGrants, optionValue, recipeFor, type ExportState } from '../../state/export-state.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { chosenVariant, gridRows, type GridRow, type Variant } from './grid-cells.ts';
import { useExportSession, type ExportSession } from './export-session.tsx';

/** What every step of the lens works on. */
export interface ExportModel extends ExportSession {
  readonly filter: readonly string[];
  readonly targets: readonly TargetInfo[];
  readonly grid: readonly GridRow[];
  /** Undefined until the targets are known. */
  readonly target: TargetInfo | undefined;
  /** The cell of the grid that the choices stand in. */
  readonly variant: Variant | undefined;
  readonly recipe: Recipe | null;
  /** The recipe that another choice would make. */
  readonly recipeWith: (target: TargetInfo, options: ExportState['options']) => Recipe;
  readonly plan: PlanAnswer;
  readonly error: AppError | null;
}

const noTargets: readonly TargetInfo[] = [];

export function useExportModel(): ExportModel {
  const session = useExportSession();
  const { view } = useSteadyView();
  const { value, error } = useTargets();
  const targets = value?.targets ?? noTargets;
  const grid = useMemo(() => gridRows(targets), [targets]);
  const target = targets.find((candidate) => candidate.target === session.state.target) ?? targets[0];
  const { state } = session;
  const { filter, exportOnly } = view;
  const valueOf = (key: string): OptionValue | undefined => {
    const option = target?.options.find((each) => each.key === key);
    return option && optionValue(state, option);
  };
  const variant = target && chosenVariant(grid, target.target, valueOf, state.column);
  const recipeWith = useCallback(
    (of: TargetInfo, options: ExportState['options']) => recipeFor({ ...state, options }, { filter, exportOnly }, of),
    [state, filter, exportOnly],
  );
  const recipe = useMemo(() => (target === undefined ? null : recipeWith(target, state.options)), [recipeWith, target, state.options]);
  const plan = usePlan(recipe, chatGrants(state));
  return { ...session, filter, targets, grid, target, variant, recipe, recipeWith, plan, error };
}
