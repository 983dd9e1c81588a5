import { AppError } from '#shared/errors.ts';
import type { ExportProgress, Manifest } from '#shared/model/export.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { JobOptions } from '../api.ts';
import { manifestName, OutputFolder } from './folder.ts';
import { Pace } from './pace.ts';
import { readyExport } from './plan.ts';
import { prepareExport, type PreparedExport } from './prepare.ts';
import { reportText } from './report.ts';
import type { Split } from './sampling.ts';
import { completeRecipe } from './sections.ts';
import { Spool } from './spool.ts';
import { targetOf } from './targets.ts';
import { type ExportSource, Trait } from './types.ts';
import { type DataFile, sha256Of, verifyFiles } from './verify.ts';
import { OutputFile } from './writers/output-file.ts';
import { mediaNames, writeMedia } from './write-media.ts';
import { fileHead, fileTail, wholeSplit, writeSlice } from './write-slice.ts';

/**
 * Writes an export and reads it back. Fails with bad-input, `nothing-left`, `exists`, `unwritable`, `changed` or `cancelled`,
 * and then leaves the folder as it was.
 */
export async function runExport(
  source: ExportSource,
  recipe: Recipe,
  out: { readonly folder: string; readonly overwrite: boolean },
  job: JobOptions<ExportProgress> = {},
): Promise<Manifest> {
  completeRecipe(targetOf(recipe.target).info, recipe);
  const folder = await OutputFolder.claim(out.folder, out.overwrite);
  const pace = new Pace(job);
  try {
    const ready = readyExport(source, recipe);
    const made = ready
      ? await writeAll(source, ready, folder, pace)
      : await spooling(source, recipe, folder, async (spool) => {
          const plan = await prepareExport(source, recipe, pace, spool);
          return writeAll(source, plan, folder, pace, (await spool?.isReadable()) ? spool : undefined);
        });
    await folder.publish();
    return made;
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

/** Runs work with a place for what planning maps, where rows are mapped on threads: those spend more on it than the disk. */
async function spooling<T>(source: ExportSource, recipe: Recipe, folder: OutputFolder, work: (spool?: Spool) => Promise<T>): Promise<T> {
  const bytes = source.files.reduce((sum, file) => sum + file.bytes, 0);
  if (targetOf(recipe.target).passesLines || !source.threads?.poolFor(bytes)) return work();
  return folder.withScratch((file) => work(new Spool(file, source.index.rowCount)));
}

async function writeAll(source: ExportSource, plan: PreparedExport, folder: OutputFolder, pace: Pace, spool?: Spool): Promise<Manifest> {
  if (plan.accounting.rowsWritten === 0) throw nothingLeft(plan);
  const { target, settings, splits, recipe, accounting, facts } = plan;
  const nameOf = ({ name }: Pick<Split, 'name'>): string => `${name}.${target.format(settings).extension}`;
  const pathOf = (name: Split['name']): string | undefined => {
    const split = splits.find((each) => each.name === name);
    return split && folder.finalPath(nameOf(split));
  };
  const train = pathOf('train') ?? '';
  const [validation, test] = [pathOf('validation'), pathOf('test')];
  const texts = {
    ...target.helpers(
      { folder: folder.path, train, ...(validation !== undefined && { validation }), ...(test !== undefined && { test }) },
      settings,
      facts,
    ),
    'recipe.json': `${JSON.stringify(recipe, null, 2)}\n`,
  };
  await folder.reserve([
    ...splits.map(nameOf),
    ...Object.keys(texts),
    ...(await mediaNames(source, plan, pace)),
    'report.md',
    manifestName,
  ]);

  const data: DataFile[] = [];
  for (const split of splits) data.push(await writeSplit(source, plan, split, { name: nameOf(split), before: data, spool }, folder, pace));
  // Reading back takes memory too, and no thread.
  await source.threads?.rest();
  const checks = await verifyFiles(plan, data, pace);
  const failed = checks.find(({ ok }) => !ok);
  if (failed)
    throw new Error(`the export did not pass its own check: ${failed.name}${failed.detail === undefined ? '' : ` (${failed.detail})`}`);

  const files: Manifest['files'] = [];
  for (const { name, rows, bytes, sha256 } of data) files.push({ path: name, rows, bytes, sha256 });
  const writeText = async (name: string, text: string): Promise<void> => {
    await folder.write(name, (file) => file.writeFile(text));
    files.push({ path: name, rows: 0, bytes: Buffer.byteLength(text), sha256: await sha256Of(folder.partialPath(name)) });
  };
  for (const file of await writeMedia(source, plan, folder, pace)) files.push(file);
  for (const [name, text] of Object.entries(texts)) await writeText(name, text);
  const described = {
    target: recipe.target,
    ...accounting,
    files,
    source: [...source.files, ...((facts.seen & Trait.planned) > 0 ? (source.planned?.files ?? []) : [])].map((file) => ({ ...file })),
    recipe,
    checks,
    version: source.version,
  };
  await writeText('report.md', reportText(described, target.info, plan.rules, facts.reward));
  const manifest: Manifest = { ...described, createdAt: new Date().toISOString() };
  await folder.write(manifestName, (file) => file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`));
  pace.stopIfAborted();
  return manifest;
}

/** Writes one data file, under its partial name. `before`: the files that are written already. */
async function writeSplit(
  source: ExportSource,
  plan: PreparedExport,
  split: Split,
  { name, before, spool }: { readonly name: string; readonly before: readonly DataFile[]; readonly spool: Spool | undefined },
  folder: OutputFolder,
  pace: Pace,
): Promise<DataFile> {
  const total = (of: (file: DataFile) => number): number => before.reduce((sum, file) => sum + of(file), 0);
  const [rowsBefore, bytesBefore, textBefore] = [total(({ rows }) => rows), total(({ bytes }) => bytes), total(({ text }) => text)];
  return folder.write(name, async (file) => {
    const out = new OutputFile(file);
    const onRows = (rows: number, text: number): void =>
      pace.report({
        phase: 'write',
        done: rowsBefore + rows,
        total: plan.accounting.rowsWritten,
        bytesWritten: bytesBefore + out.bytes,
        bytesDone: textBefore + text,
        bytesTotal: plan.bytes,
      });
    onRows(0, 0);
    await out.append(fileHead(plan));
    const blocks = await writeSlice(source, plan, wholeSplit(plan, split), out, { pace, folder: folder.path, onRows, spool });
    await out.append(fileTail(plan, blocks));
    const sha256 = await out.end();
    return {
      name,
      path: folder.partialPath(name),
      rows: split.examples.length,
      bytes: out.bytes,
      text: split.examples.bytes,
      sha256,
      blocks,
    };
  });
}

function nothingLeft({ accounting }: PreparedExport): AppError {
  const { rowsSelected, excluded } = accounting;
  if (rowsSelected === 0) return new AppError('nothing-left', 'No rollout is selected: there is nothing to export. Loosen the filter.');
  const [most] = [...excluded].sort((a, b) => b.count - a.count);
  const why = most ? ` Most of them (${most.count}): ${most.title.toLowerCase()}.` : '';
  return new AppError('nothing-left', `None of the ${rowsSelected} selected rollouts can be written.${why}`);
}
