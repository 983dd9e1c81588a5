import { useCallback, useMemo, useState } from 'react';
import type { ExportExample, ExportPlan, ExportProgress, Manifest } from '#shared/model/export.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { TrainedExample } from '#shared/model/training.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { useCall, type PageOutput } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import type { Answer } from './latest.ts';
import { useLatest } from './use-latest.ts';
import { useRequest } from './use-request.ts';

export function useTargets(): Answer<{ targets: TargetInfo[] }> {
  return useRequest('export.targets', {});
}

/** What the shell is, and where exports go unless the user chooses. */
export function useShell(): PageOutput<'shell.info'> | undefined {
  return useRequest('shell.info', {}).value;
}

export interface PlanAnswer extends Answer<ExportPlan> {
  /** How far the plan under way has come. */
  readonly progress: ExportProgress | null;
}

/** What an export would do. Asked anew whenever the recipe or the rows change; latest wins. */
export function usePlan(recipe: Recipe | null, files: ChatGrants = {}): PlanAnswer {
  const call = useCall();
  const { dataset, version } = useDataset();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const ask = useCallback(
    (wanted: { recipe: Recipe } & ChatGrants, signal: AbortSignal) => {
      setProgress(null);
      const onProgress = (next: ExportProgress): void => (signal.aborted ? undefined : setProgress(next));
      return call('export.plan', { dataset, ...wanted }, { signal, onProgress });
    },
    [call, dataset],
  );
  const answer = useLatest(ask, recipe === null ? null : { recipe, ...namedFiles(recipe, files) }, { version });
  return { ...answer, progress: answer.loading ? progress : null };
}

/** How many examples each of the recipes makes at most, told before any row is mapped; all of them are asked for at once. */
export function useMostExamples(recipes: readonly Recipe[]): readonly (number | null)[] | undefined {
  const { dataset, version } = useDataset();
  const input = recipes.length === 0 ? null : { dataset, recipes: [...recipes] };
  return useRequest('export.most', input, { version, pace: 'settle' }).value?.most;
}

/** Example number `index` of the export, as written. */
export function usePreview(recipe: Recipe | null, index: number, files: ChatGrants = {}): Answer<ExportExample | null> {
  const { dataset, version } = useDataset();
  return useRequest('export.preview', recipe === null ? null : { dataset, recipe, index, ...namedFiles(recipe, files) }, { version });
}

/** The same example as its trainer reads it. Asks nothing without a recipe. */
export function useTrained(recipe: Recipe | null, index: number, files: ChatGrants): Answer<TrainedExample | null> {
  const { dataset, version } = useDataset();
  return useRequest('export.trained', recipe === null ? null : { dataset, recipe, index, ...given(files) }, { version });
}

/** Grants of files that were read as what they are. */
export interface ChatGrants {
  readonly template?: string | undefined;
  readonly tokenizer?: string | undefined;
}

function given({ template, tokenizer }: ChatGrants): ChatGrants {
  return { ...(template !== undefined && { template }), ...(tokenizer !== undefined && { tokenizer }) };
}

/** Those that the recipe names: the others change nothing of what is written. */
function namedFiles(recipe: Recipe, { template, tokenizer }: ChatGrants): ChatGrants {
  return given({ template: recipe.template && template, tokenizer: recipe.tokenizer && tokenizer });
}

export interface RunOptions {
  readonly folder: string;
  readonly name: string;
  readonly overwrite: boolean;
  readonly files: ChatGrants;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
}

/** The calls that write, and those of the shell around them. */
export function useExportCalls() {
  const call = useCall();
  const { dataset } = useDataset();
  const run = useCallback(
    (recipe: Recipe, { folder, name, overwrite, files, signal, onProgress }: RunOptions): Promise<Manifest> =>
      call('export.run', { dataset, recipe, folder, name, overwrite, ...namedFiles(recipe, files) }, { signal, onProgress }),
    [call, dataset],
  );
  const readRecipe = useCallback(
    async (text: string): Promise<Recipe> => (await call('export.readRecipe', { dataset, text })).recipe,
    [call, dataset],
  );
  const chooseFolder = useCallback(() => call('shell.chooseOutRoot', {}), [call]);
  const reveal = useCallback((folder: string, name: string) => call('shell.reveal', { folder, name }), [call]);
  return useMemo(() => ({ run, readRecipe, chooseFolder, reveal }), [run, readRecipe, chooseFolder, reveal]);
}
