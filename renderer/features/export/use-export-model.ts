import { useMemo } from 'react';
import type { AppError } from '#shared/errors.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { usePlan, useTargets, type PlanAnswer } from '../../data/use-export.ts';
import { recipeFor } from '../../state/export-state.ts';
import { useView } from '../../state/use-view.tsx';
import { useExportSession, type ExportSession } from './export-session.tsx';

/** What every step of the lens works on. */
export interface ExportModel extends ExportSession {
  readonly filter: readonly string[];
  readonly targets: readonly TargetInfo[];
  /** Undefined until the targets are known. */
  readonly target: TargetInfo | undefined;
  readonly recipe: Recipe | null;
  readonly plan: PlanAnswer;
  readonly error: AppError | null;
}

export function useExportModel(): ExportModel {
  const session = useExportSession();
  const { view } = useView();
  const { value, error } = useTargets();
  const targets = value?.targets ?? [];
  const target = targets.find((candidate) => candidate.target === session.state.target) ?? targets[0];
  const recipe = useMemo(
    () => (target === undefined ? null : recipeFor(session.state, { filter: view.filter, exportOnly: view.exportOnly }, target)),
    [session.state, view.filter, view.exportOnly, target],
  );
  const plan = usePlan(recipe);
  return { ...session, filter: view.filter, targets, target, recipe, plan, error };
}
