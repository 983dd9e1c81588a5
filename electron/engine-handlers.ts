import { lstatSync } from 'node:fs';
import path from 'node:path';
import type { contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { Filter, Query } from '#shared/model/query.ts';
import { inParts, type ChatPaths, type Dataset, type Engine, type PrepareRequest } from './engine/index.ts';

/** Paths behind the grants that pages hold. */
export interface GrantTable {
  /** Files of a grant, or the one folder of a folder grant; fails with not-found when nothing was granted under that id. */
  paths(grant: string): readonly string[];
}

/** A page's grants of a chat template and a tokenizer. */
interface ChatGrants {
  readonly template?: string | undefined;
  readonly tokenizer?: string | undefined;
}

const empty = {};

/**
 * What one page may ask, over the engine that all pages share. `release` gives back what the page opened, when its
 * connection ends: a dataset is closed when no page holds it.
 */
export function createHandlers(
  engine: Engine,
  grants: GrantTable,
  holds = new Holds(),
): Handlers<typeof contract> & { release(): Promise<void> } {
  const mine = new Set<Dataset>();
  const at = (id: string): Dataset => engine.dataset(id);
  /** The one file of a grant. */
  const fileOf = (grant: string | undefined): string | undefined => (grant === undefined ? undefined : grants.paths(grant)[0]);
  const filesOf = ({ template, tokenizer }: ChatGrants): ChatPaths => ({ template: fileOf(template), tokenizer: fileOf(tokenizer) });
  /** Long jobs of several pages take turns. */
  const client = {};
  /** A dataset that can answer for these conditions and columns. */
  const ready = async (id: string, request: PrepareRequest, { signal }: { signal: AbortSignal }): Promise<Dataset> => {
    const dataset = at(id);
    await dataset.prepare(request, { signal, client });
    return dataset;
  };

  return {
    'dataset.open': async ({ grants: ids, follow }) => {
      const files = ids.flatMap((id) => grants.paths(id));
      const dataset = await engine.open(files, { follow });
      if (!mine.has(dataset)) holds.take(dataset);
      mine.add(dataset);
      return dataset.state();
    },
    'dataset.watch': ({ dataset }, { signal, progress }) => at(dataset).watch({ signal, onProgress: progress, thorough: true }),
    'dataset.stop': async ({ dataset }) => at(dataset).stop(),
    'dataset.close': async ({ dataset }) => {
      const held = at(dataset);
      if (mine.delete(held)) await holds.give(held);
      return empty;
    },
    'dataset.neighbours': async ({ dataset }) => ({ neighbours: await at(dataset).neighbours() }),
    'dataset.setNeighbour': async ({ dataset, ...request }) => {
      await at(dataset).setNeighbour(request);
      return at(dataset).state();
    },
    'dataset.columns': async ({ dataset }) => ({ columns: [...at(dataset).columns()] }),
    'column.describe': async ({ dataset, column }, { signal, progress }) => {
      await at(dataset).prepare({ filter: [], columns: [column] }, { signal, client, onProgress: progress });
      return at(dataset).describe(column);
    },

    'dataset.prepare': async ({ dataset, ...request }, { signal, progress }) => {
      await at(dataset).prepare(request, { signal, client, onProgress: progress });
      return empty;
    },

    'rows.page': async ({ dataset, ...request }, context) => {
      const { query, draft, columns } = request;
      const needed = { filter: [...query.filter, ...draft], columns, ordered: sortColumns(query) };
      return (await ready(dataset, needed, context)).page(request);
    },
    'rows.copy': async ({ dataset, ...request }, { signal, progress }) => {
      const job = { signal, client, onProgress: progress };
      await at(dataset).prepare({ filter: [], columns: request.columns }, job);
      return { text: await at(dataset).copy(request, job) };
    },
    'view.save': ({ dataset, folder, name, overwrite, ...request }, { signal, progress }) =>
      at(dataset).saveView(request, { file: outputPath(grants.paths(folder), name), overwrite }, { signal, client, onProgress: progress }),
    'rows.find': async ({ dataset, ...request }, context) => {
      const { query } = request;
      return { position: (await ready(dataset, { filter: query.filter, ordered: sortColumns(query) }, context)).find(request) };
    },
    'rows.atLine': async ({ dataset, line, file }) => ({ row: at(dataset).rowAtLine(line, file) }),
    'column.histogram': async ({ dataset, ...request }, context) => {
      const { filter, column, by } = request;
      return (await ready(dataset, { filter, ordered: by === undefined ? [column] : [column, by] }, context)).histogram(request);
    },
    'column.density': async ({ dataset, ...request }, context) => {
      const { filter, x, y } = request;
      const { signal } = context;
      return (await ready(dataset, { filter, ordered: [x.column, y.column] }, context)).density(request, { signal, client });
    },
    'column.quantiles': async ({ dataset, ...request }, context) => (await ready(dataset, ofColumn(request), context)).quantiles(request),
    'filter.counts': async ({ dataset, filter }, context) => (await ready(dataset, { filter }, context)).counts(filter),
    'column.facet': async ({ dataset, ...request }, context) => (await ready(dataset, ofColumn(request), context)).facet(request),
    'selection.summary': async ({ dataset, ...request }, context) => {
      const { filter, draft, metric } = request;
      return (await ready(dataset, { filter: [...filter, ...draft], columns: [metric] }, context)).summary(request);
    },
    'groups.sizes': async ({ dataset, ...request }, context) => ({
      sizes: await (await ready(dataset, ofMetric(request), context)).groupSizes(request, { signal: context.signal, client }),
    }),
    'groups.page': async ({ dataset, ...request }, context) =>
      (await ready(dataset, ofMetric(request), context)).groups(request, { signal: context.signal, client }),
    'groups.find': async ({ dataset, ...request }, context) => ({
      position: await (await ready(dataset, ofMetric(request), context)).findGroup(request, { signal: context.signal, client }),
    }),
    'groups.rollouts': async ({ dataset, ...request }, context) => {
      const needed = { ...ofMetric(request), columns: ['task', ...request.columns] };
      return (await ready(dataset, needed, context)).groupRollouts(request);
    },
    'groups.summary': async ({ dataset, ...request }, context) =>
      (await ready(dataset, ofMetric(request), context)).groupsSummary(request, { signal: context.signal, client }),
    'groups.histogram': async ({ dataset, ...request }, context) =>
      (await ready(dataset, ofMetric(request), context)).groupHistogram(request, { signal: context.signal, client }),

    'rollout.read': async ({ dataset, row, metric }, { progress }) => inParts(at(dataset).rollout(row, metric), progress),
    'rollout.key': async ({ dataset, row }) => ({ key: at(dataset).keyOf(row) }),
    'rollout.marks': async ({ dataset, row }, context) => (await ready(dataset, { filter: [], columns: ['star'] }, context)).marksOf(row),
    'review.next': async ({ dataset, ...request }, context) => {
      const { query, metric } = request;
      const needed = { filter: query.filter, columns: ['star', metric], ordered: sortColumns(query) };
      return (await ready(dataset, needed, context)).nextUndecided(request);
    },
    'rollout.mark': async ({ dataset, row, set }, context) => {
      (await ready(dataset, { filter: [], columns: ['star'] }, context)).mark(row, set);
      return empty;
    },
    'marks.export': ({ dataset }, { signal }) => at(dataset).exportMarks({ signal, client }),
    'marks.import': ({ dataset, text }, { signal }) => at(dataset).importMarks(text, { signal, client }),
    'rollout.raw': async ({ dataset, row, range }) => at(dataset).raw(row, range),
    'problems.list': ({ dataset }, { signal, progress }) => at(dataset).problems({ signal, client, onProgress: progress }),
    'problems.lines': async ({ dataset, ...request }) => at(dataset).invalidLines(request),

    'search.run': async ({ dataset, ...request }, { signal, progress }) => {
      const columns = request.bands ? [request.bands.metric] : [];
      const found = await ready(dataset, { filter: request.filter, columns }, { signal });
      return found.search(request, { signal, client, onProgress: progress });
    },

    'export.targets': async () => ({ targets: [...engine.targets()] }),
    'export.readRecipe': async ({ dataset, text }, { signal }) => ({ recipe: await at(dataset).readRecipe(text, { signal }) }),
    'export.most': async ({ dataset, recipes }, { signal }) => ({ most: await at(dataset).mostExamples(recipes, { signal, client }) }),
    'export.plan': ({ dataset, recipe, ...grantsOf }, { signal, progress }) =>
      at(dataset).plan(recipe, { signal, client, onProgress: progress }, filesOf(grantsOf)),
    'export.preview': ({ dataset, recipe, index, ...grantsOf }, { signal, progress }) =>
      at(dataset).preview(recipe, index, { signal, client, onProgress: progress }, filesOf(grantsOf)),
    'export.trained': ({ dataset, recipe, index, ...grantsOf }, { signal, progress }) =>
      at(dataset).trained(recipe, index, { signal, client, onProgress: progress }, filesOf(grantsOf)),
    'export.tokens': ({ dataset, recipe, ...grantsOf }, { signal, progress }) =>
      at(dataset).tokens(recipe, { signal, client, onProgress: progress }, filesOf(grantsOf)),
    'chat.read': ({ grant, kind }) => engine.chatFile(kind, fileOf(grant) ?? ''),
    'export.run': ({ dataset, recipe, folder, name, overwrite, ...grantsOf }, { signal, progress }) =>
      at(dataset).export(
        recipe,
        { folder: outputPath(grants.paths(folder), name), overwrite, files: filesOf(grantsOf) },
        { signal, client, onProgress: progress },
      ),

    async release() {
      await Promise.all([...mine].map((dataset) => holds.give(dataset)));
      mine.clear();
    },
  };
}

/** Of a metric by task: its values in order, and the tasks. */
function ofMetric({ filter, metric }: { filter: Filter; metric: string }): PrepareRequest {
  return { filter, columns: ['task'], ordered: [metric] };
}

function ofColumn({ filter, column }: { filter: Filter; column: string }): PrepareRequest {
  return { filter, ordered: [column] };
}

function sortColumns({ sort }: Query): string[] {
  return sort.map(({ column }) => column);
}

/** How many pages hold each dataset. */
export class Holds {
  readonly #counts = new Map<Dataset, number>();

  take(dataset: Dataset): void {
    this.#counts.set(dataset, (this.#counts.get(dataset) ?? 0) + 1);
  }

  async give(dataset: Dataset): Promise<void> {
    const left = (this.#counts.get(dataset) ?? 1) - 1;
    if (left > 0) {
      this.#counts.set(dataset, left);
      return;
    }
    this.#counts.delete(dataset);
    await dataset.close();
  }
}

/** A page names one folder or file below the granted folder; it can never name a path. */
function outputPath(granted: readonly string[], name: string): string {
  const [root] = granted;
  if (root === undefined) throw new AppError('not-found', 'The output folder was not granted.');
  if (name === '.' || name === '..' || /[/\\\0]/.test(name)) {
    throw new AppError('bad-input', 'The name must not contain slashes. Choose another folder to write elsewhere.');
  }
  const folder = path.join(root, name);
  if (isLink(folder)) {
    throw new AppError('bad-input', `${name} is a link to another place. Choose another name, or start with the folder that it leads to.`);
  }
  return folder;
}

/** What cannot be looked at is none: writing there fails, and says why in words. */
function isLink(place: string): boolean {
  try {
    return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    return false;
  }
}
