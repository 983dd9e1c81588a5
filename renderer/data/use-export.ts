import { useCallback, useMemo, useState } from 'react';
import { limits } from '#shared/limits.ts';
import type { Cell } from '#shared/model/cell.ts';
import type { ExportPlan, ExportProgress, Manifest } from '#shared/model/export.ts';
import type { Filter } from '#shared/model/query.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { useCall, type PageOutput } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import type { Answer } from './latest.ts';
import { useJob, type JobAnswer } from './use-job.ts';
import { useRequest } from './use-request.ts';

export function useTargets(): Answer<{ targets: TargetInfo[] }> {
  return useRequest('export.targets', {});
}

/** What the shell is, and where exports go unless the user chooses. */
export function useShell(): PageOutput<'shell.info'> | undefined {
  return useRequest('shell.info', {}).value;
}

/** `value`: the last plan there was. */
export interface PlanAnswer extends JobAnswer<'export.plan'> {
  /** The plan of the recipe as it is now. */
  readonly current: ExportPlan | undefined;
  /** Taken back by the user: nothing is counted until the recipe changes or `goOn`. */
  readonly stopped: boolean;
  readonly stop: () => void;
  readonly goOn: () => void;
}

/** What an export would do. Asked anew whenever the recipe or the rows change; latest wins. */
export function usePlan(recipe: Recipe | null, files: ChatGrants = {}): PlanAnswer {
  const { dataset, version } = useDataset();
  const input = recipe === null ? null : { dataset, recipe, ...namedFiles(recipe, files) };
  const key = JSON.stringify(input);
  const [stoppedAt, setStoppedAt] = useState<string | null>(null);
  const stopped = stoppedAt === key;
  const answer = useJob('export.plan', input, { version, held: stopped });
  const stop = useCallback(() => setStoppedAt(key), [key]);
  const goOn = useCallback(() => setStoppedAt(null), []);
  return { ...answer, current: answer.loading || stopped ? undefined : answer.value, stopped, stop, goOn };
}

/** How many examples each of the recipes makes at most, told before any row is mapped; all of them are asked for at once. */
export function useMostExamples(recipes: readonly Recipe[], held: boolean): readonly (number | null)[] | undefined {
  const { dataset, version } = useDataset();
  const input = recipes.length === 0 ? null : { dataset, recipes: [...recipes] };
  return useJob('export.most', input, { version, pace: 'settle', held }).value?.most;
}

/** How many rollouts meet a filter; undefined until it is known. */
export function useKeptCount(filter: readonly string[]): number | undefined {
  const { dataset, version } = useDataset();
  return useRequest('filter.counts', { dataset, filter: [...filter] }, { version, pace: 'settle' }).value?.kept;
}

/** The first rollouts that meet a filter, and where they stand; null asks nothing. */
export function useFirstRows(filter: Filter | null): Answer<{ row: number; path: string; line: number }[]> {
  const { dataset, version } = useDataset();
  const range = { start: 0, end: limits.examples };
  const query = { filter: filter ?? [], sort: [] };
  const { value, ...answer } = useRequest(
    'rows.page',
    filter === null ? null : { dataset, query, draft: [], range, columns: ['file', 'line'] },
    { version },
  );
  const valuesOf = (name: string): readonly Cell[] => value?.columns.find((column) => column.name === name)?.values ?? [];
  const [files, lines] = [valuesOf('file'), valuesOf('line')];
  const places = value?.rows.map((row, i) => {
    const [path, line] = [files[i], lines[i]];
    return { row, path: typeof path === 'string' ? path : '', line: typeof line === 'number' ? line : 0 };
  });
  return { ...answer, value: places };
}

/** Which example, and with what. */
export interface ExampleQuestion {
  readonly recipe: Recipe | null;
  readonly index: number;
  readonly files: ChatGrants;
  /** The counting of the export was taken back: no example is looked for. */
  readonly held: boolean;
}

/** Example number `index` of the export, as written. */
export function usePreview({ recipe, index, files, held }: ExampleQuestion): JobAnswer<'export.preview'> {
  const { dataset, version } = useDataset();
  return useJob('export.preview', recipe === null ? null : { dataset, recipe, index, ...namedFiles(recipe, files) }, { version, held });
}

/** The same example as its trainer reads it. Asks nothing without a recipe. */
export function useTrained({ recipe, index, files, held }: ExampleQuestion): JobAnswer<'export.trained'> {
  const { dataset, version } = useDataset();
  return useJob('export.trained', recipe === null ? null : { dataset, recipe, index, ...given(files) }, { version, held });
}

/** The tokens of all examples, as their trainer reads them. */
export function useTokenTotals({ recipe, files, held }: Omit<ExampleQuestion, 'index'>): JobAnswer<'export.tokens'> {
  const { dataset, version } = useDataset();
  return useJob('export.tokens', recipe === null ? null : { dataset, recipe, ...given(files) }, { version, held });
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
