import { AppError } from '#shared/errors.ts';
import type { ExportProgress } from '#shared/model/export.ts';
import type { LinesProgress } from '#shared/model/job.ts';
import type { Filter } from '#shared/model/query.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { ChatPaths, Dataset, JobOptions, PrepareRequest } from './api.ts';
import { templateFile, tokenizerFile } from './chat-files.ts';
import {
  type ChatTools,
  type ExportSource,
  mostExamples,
  namedIn,
  planExport,
  previewExample,
  runExport,
  takesHashes,
  takesPlannedInputs,
  totalTokens,
  trainedExample,
} from './export/index.ts';
import { aborted, answerInSlices } from './jobs/index.ts';
import type { KeptHashes } from './dataset-hashes.ts';
import type { PlannedTasks } from './neighbours/index.ts';
import { recipeFor } from './recipe-for.ts';

/** What makes no sense in one recipe is no answer for that one. */
function ignoreBadInput(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'bad-input') throw error;
}

/** What texts are made and counted with. Fails with bad-input where a file is none of its kind. */
function toolsOf({ template, tokenizer }: ChatPaths): ChatTools {
  return {
    template: template === undefined ? undefined : templateFile(template).value,
    tokenizer: tokenizer === undefined ? undefined : tokenizerFile(tokenizer).value,
  };
}

interface Means {
  /** Reading is over, however it ended. */
  readonly done: Promise<void>;
  /** Fails where it did not end well. */
  requireWhole(): void;
  /** Does something while no rows are taken in. */
  still<T>(work: () => Promise<T>): Promise<T>;
  /** What tells prompts and answers apart. */
  readonly hashes: KeptHashes['hashes'];
  prepare(request: PrepareRequest, job?: JobOptions<LinesProgress>): Promise<void>;
  check(condition: string): void;
  sourceOf(filter: Filter, planned: PlannedTasks | undefined): ExportSource;
  plannedTasks(): Promise<PlannedTasks | undefined>;
}

type ExportAnswers = Pick<Dataset, 'readRecipe' | 'mostExamples' | 'plan' | 'preview' | 'trained' | 'tokens' | 'export'>;

/** What a dataset answers about exports, and writes. */
export function exportAnswers({ done, requireWhole, still, hashes, prepare, check, sourceOf, plannedTasks }: Means): ExportAnswers {
  /** Has read what the recipe needs beyond columns; how far that is is told as the first phase of the export. */
  async function readyFor(
    recipe: Recipe,
    files: ChatPaths | undefined,
    { signal, onProgress }: JobOptions<ExportProgress> = {},
  ): Promise<ExportSource> {
    const beganAt = Date.now();
    const report = ({ rowsDone, rowsTotal }: LinesProgress): void =>
      onProgress?.({ phase: 'read', done: rowsDone, total: rowsTotal, bytesWritten: 0, elapsedMs: Date.now() - beganAt });
    const job = { ...(signal && { signal }), onProgress: report };
    if (takesHashes(recipe)) await hashes(job);
    await prepare(namedIn(recipe), job);
    return { ...sourceOf(recipe.filter, takesPlannedInputs(recipe) ? await plannedTasks() : undefined), chat: files };
  }

  return {
    readRecipe: (text, { signal } = {}) => recipeFor(text, { prepare: (filter) => prepare({ filter }, { signal }), check }),
    async mostExamples(recipes, job = {}) {
      return await still(async () => {
        const untold = { ...(job.signal && { signal: job.signal }) };
        await hashes(untold);
        for (const recipe of recipes) await prepare(namedIn(recipe), untold).catch(ignoreBadInput);
        return await answerInSlices(
          mostExamples(({ filter }) => sourceOf(filter, undefined), recipes),
          job,
        );
      });
    },
    plan: (recipe, job = {}, files) => still(async () => await planExport(await readyFor(recipe, files, job), recipe, job)),
    preview: (recipe, example, job = {}, files) =>
      still(async () => await previewExample(await readyFor(recipe, files, job), recipe, example, job)),
    async trained(recipe, example, job = {}, files = {}) {
      const tools = toolsOf(files);
      return await still(async () => await trainedExample(await readyFor(recipe, files, job), recipe, example, { tools, job }));
    },
    async tokens(recipe, job = {}, files = {}) {
      const tools = toolsOf(files);
      return await still(async () => await totalTokens(await readyFor(recipe, files, job), recipe, { tools, job }));
    },
    async export(recipe, out, job = {}) {
      await Promise.race([done, aborted(job.signal)]);
      requireWhole();
      return await still(async () => await runExport(await readyFor(recipe, out.files, job), recipe, out, job));
    },
  };
}
