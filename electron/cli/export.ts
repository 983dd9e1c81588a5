import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { ExportProgress, Manifest } from '#shared/model/export.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import { readRecipe, type Recipe } from '#shared/model/recipe.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { type ChatPaths, completeRecipe, parseOptions, type Dataset, type Engine } from '../engine/index.ts';
import { version } from '../host/version.ts';
import type { Arguments } from './arguments.ts';
import { defineCommand, readingOptions } from './command.ts';
import { checkWhere, parseWhere } from './conditions.ts';
import type { Context } from './context.ts';
import { exportText } from './export-text.ts';
import { describeFailure, exitCodes } from './failure.ts';
import { jobText, progressLine } from './progress.ts';
import { UsageError } from './usage-error.ts';
import { readingFrom, withDataset } from './with-dataset.ts';

const options = {
  to: { kind: 'value', value: 'FRAMEWORK/METHOD', about: 'what to write for (rollscope targets lists them)' },
  where: { kind: 'value', value: 'EXPR', about: 'keep the rows that meet it' },
  set: { kind: 'list', value: 'KEY=VALUE', about: 'an option of the target; may be given several times' },
  recipe: { kind: 'value', value: 'FILE', about: 'repeat the export that wrote this recipe.json' },
  tokenizer: { kind: 'value', value: 'FILE', about: 'the tokenizer.json that length-by=tokenizer counts with' },
  'chat-template': { kind: 'value', value: 'FILE', about: 'the chat template of the rows that it counts, else our own ChatML' },
  out: { kind: 'value', value: 'DIR', about: 'folder to write' },
  overwrite: { kind: 'flag', about: 'replace the files of an earlier export in DIR' },
  'dry-run': { kind: 'flag', about: 'count what would be written, and write nothing' },
  json: { kind: 'flag', about: 'print the manifest (rollscope schema export)' },
  ...readingOptions,
} as const;

export const exportCommand = defineCommand({
  usage:
    'export PATH… (--to FRAMEWORK/METHOD [--where EXPR] [--set KEY=VALUE]… | --recipe FILE) --out DIR [--overwrite] [--dry-run] [--json]',
  about: 'Write training data. Every rollout that is left out is counted with its reason.',
  options,
  async run(args, context) {
    const out = args.value('out');
    const dryRun = args.flag('dry-run');
    if (out === undefined && !dryRun) throw new UsageError('Where to? --out DIR, or --dry-run to only count.');
    const where = args.value('where');
    const filter = parseWhere(where);
    const replayed = await namedRecipe(args);
    const reading = readingFrom(args);

    return await withDataset(args.operands, reading, context, async ({ engine, dataset, read }) => {
      const target = findTarget(engine.targets(), replayed?.target ?? args.value('to') ?? '');
      const files = { tokenizer: args.value('tokenizer'), template: args.value('chat-template') };
      const asked: Recipe = replayed ?? {
        version: 1,
        filter,
        target: target.target,
        options: parseOptions(target, args.list('set')),
        ...(await fileKeys(engine, files)),
      };
      const recipe = completeRecipe(target, asked);
      if (files.tokenizer !== undefined && !recipe.tokenizer) {
        throw new UsageError(
          '--tokenizer counts what is too long: add --set max-length=N --set longer=leave-out --set length-by=tokenizer.',
        );
      }
      await read();
      await checkWhere(where, dataset, context);
      const job = reportingJob(context);
      try {
        const to = dryRun || out === undefined ? undefined : { folder: path.resolve(out), overwrite: args.flag('overwrite'), files };
        const written = to && (await writeUnlessEmpty(dataset, recipe, to, job, context));
        const manifest = written ?? (await dryManifest(dataset, recipe, job, files));
        job.done();
        context.stdout.write(
          args.flag('json') ? `${JSON.stringify(manifest, null, 2)}\n` : exportText(manifest, target, written ? out : undefined),
        );
        return manifest.rowsWritten === 0 ? exitCodes.dataErrors : exitCodes.done;
      } finally {
        job.done();
      }
    });
  },
});

/** What a recipe says of the files: which they are, not where. */
async function fileKeys(engine: Engine, { tokenizer, template }: ChatPaths): Promise<Pick<Recipe, 'tokenizer' | 'template'>> {
  const key = async (kind: keyof ChatPaths, file: string) => {
    const { name, sha256 } = await engine.chatFile(kind, file);
    return { name, sha256 };
  };
  return {
    ...(tokenizer !== undefined && { tokenizer: await key('tokenizer', tokenizer) }),
    ...(template !== undefined && { template: await key('template', template) }),
  };
}

/** The recipe that --recipe names. Fails where it is none, or where an option contradicts it. */
async function namedRecipe(args: Arguments<typeof options>): Promise<Recipe | undefined> {
  const file = args.value('recipe');
  if (file === undefined) {
    if (args.value('to') === undefined)
      throw new UsageError('What to write? --to FRAMEWORK/METHOD (rollscope targets lists them), or --recipe FILE.');
    return undefined;
  }
  if (args.value('to') !== undefined || args.value('where') !== undefined || args.list('set').length > 0) {
    throw new UsageError('A recipe already says what --to, --where and --set would: leave them out, or the recipe.');
  }
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('unreadable', `The recipe ${file} cannot be read.`, { cause });
  });
  try {
    return readRecipe(text);
  } catch (error) {
    throw error instanceof AppError ? new UsageError(`${file} is no recipe: ${error.message}`) : error;
  }
}

function findTarget(targets: readonly TargetInfo[], wanted: string): TargetInfo {
  const found = targets.find(({ target }) => target === wanted);
  if (found) return found;
  const names = targets.map(({ target }) => target);
  const [near] = nearestNames(wanted, names);
  throw new UsageError(
    `There is no target "${wanted}".${near === undefined ? ` There are: ${names.join(', ')}.` : ` Did you mean ${near}?`}`,
  );
}

function reportingJob(context: Context) {
  const line = progressLine(context);
  const verbs = { read: 'Reading', plan: 'Counting', write: 'Writing', verify: 'Checking' } as const;
  return {
    signal: context.signal,
    onProgress: ({ phase, done, total, job }: ExportProgress) =>
      line.show(job ? jobText(verbs[phase], job) : `${verbs[phase]}  ${total === 0 ? 100 : Math.floor((done / total) * 100)} %`),
    done: () => line.clear(),
  };
}

/** Undefined, and said, where nothing is left to write: the counts, which say why, are printed all the same. */
async function writeUnlessEmpty(
  dataset: Dataset,
  recipe: Recipe,
  to: { readonly folder: string; readonly overwrite: boolean; readonly files: ChatPaths },
  job: ReturnType<typeof reportingJob>,
  { stderr }: Context,
): Promise<Manifest | undefined> {
  try {
    return await dataset.export(recipe, to, job);
  } catch (error) {
    if (error instanceof AppError && error.code === 'exists' && !to.overwrite)
      throw new AppError('exists', `${error.message} --overwrite replaces what an earlier export wrote.`, { cause: error });
    if (!(error instanceof AppError) || error.code !== 'nothing-left') throw error;
    job.done();
    stderr.write(describeFailure(error).text);
    return undefined;
  }
}

/** What the manifest would be, without files and checks. */
async function dryManifest(dataset: Dataset, recipe: Recipe, job: ReturnType<typeof reportingJob>, chat: ChatPaths): Promise<Manifest> {
  const { splits: _splits, bytes: _bytes, over: _over, lengths: _lengths, ...accounting } = await dataset.plan(recipe, job, chat);
  const { files, fingerprint } = dataset.state();
  const source = files.map(({ path: name, bytes }) => ({ name, bytes, fingerprint }));
  return { target: recipe.target, ...accounting, files: [], source, recipe, checks: [], version, createdAt: new Date().toISOString() };
}
