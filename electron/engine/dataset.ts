import path from 'node:path';
import { AppError, toAppError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import type { DatasetState } from '#shared/model/dataset.ts';
import { checkExpression, groupingOf, parseExpression } from '#shared/model/expression/index.ts';
import type { Filter } from '#shared/model/query.ts';
import type { LinesProgress } from '#shared/model/job.ts';
import type { Dataset, EngineOptions, JobOptions, OpenOptions, PrepareRequest } from './api.ts';
import { clampRange } from './clamp-range.ts';
import { exportAnswers } from './dataset-exports.ts';
import { groupAnswers } from './dataset-groups.ts';
import { describeState, fingerprintOfAll, requireWhole, summariseFiles } from './dataset-state.ts';
import { ExportThreads } from './export/index.ts';
import { keepHashes } from './dataset-hashes.ts';
import { exportSourceOf } from './export-source.ts';
import { FollowedDataset } from './followed-dataset.ts';
import { readDataset } from './index/read-dataset.ts';
import { Neighbours } from './neighbours/index.ts';
import { profileRollouts } from './metrics/profile.ts';
import { computeStats } from './metrics/stats.ts';
import {
  columnDensity,
  columnFacet,
  columnHistogram,
  columnInfos,
  columnQuantiles,
  conditionCounts,
  filterRows,
  findRow,
  knownTo,
  readPage,
  requireColumn,
} from './query/index.ts';
import { invalidLineAt, readRollout, showRollout } from './rollout-detail.ts';
import { type DatasetIndex, joinTables, summariseSelection, withDerivedColumns } from './select/index.ts';
import { savedIndexesIn } from './saved/index.ts';
import { aborted, answerInSlices, inSlices, RateMeter } from './jobs/index.ts';
import { LineThreads } from './lines/index.ts';
import { BandCounts, searchRows } from './search/index.ts';
import { shardNames } from './shard-names.ts';
import { openSources } from './source/index.ts';
import { DatasetMarks } from './annotate/index.ts';
import { Preparation } from './prepare/index.ts';
import { atTimes, prepareDataset } from './prepare-dataset.ts';
import { copyRows, saveView } from './view/index.ts';
import { watchDataset } from './watch-dataset.ts';
import { listDatasetProblems, validateDataset } from './validate-dataset.ts';
import { pageInvalidLines, ProblemFinder, rules as problemRules } from './validate/index.ts';

interface Opening {
  readonly id: string;
  readonly files: readonly string[];
  readonly options: EngineOptions & OpenOptions;
  /** Runs once, when the dataset has been closed. */
  readonly onClose: () => void;
}

const ruleIds = problemRules.map(({ id }) => id);
const severities = new Map(problemRules.map(({ id, severity }) => [id, severity]));
/** Between two looks whether others have set marks. */
const marksNewsMs = 1000;
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Opens the files, starts to read them, and answers for them. Fails when one of them cannot be opened as rollouts. */
export async function openDataset({ id, files, options, onClose }: Opening): Promise<Dataset> {
  const sources = await openSources(files, options);
  const paths = sources.map((source) => source.path);
  const names = shardNames(paths);
  const startedAt = Date.now();
  const stopping = new AbortController();
  let onFirstRows: () => void = () => undefined;
  const firstRows = new Promise<void>((resolve) => (onFirstRows = resolve));
  const reading = readDataset(sources, {
    scanThread: options.scanThread,
    threads: options.threads,
    signal: stopping.signal,
    client: stopping,
    follows: options.follow,
    hashes: options.hashes,
    needsHashes: () => index.lacksTaskNames(0),
    saving: options.cacheFolder === undefined ? undefined : { indexes: savedIndexesIn(path.join(options.cacheFolder, 'index')) },
    onGrow() {
      onFirstRows();
      // Whoever asks for tasks then waits for those of the latest rows at most.
      return index.isHashed && index.lacksTaskNames() ? numberTasks() : undefined;
    },
  });
  const lineThreads = new LineThreads({ index: reading.index, sources, scanThread: options.scanThread, threads: options.threads });
  const exportThreads = new ExportThreads({ sources, scanThread: options.scanThread, threads: options.threads });
  const lines = new Preparation(reading.index, lineThreads);
  const neighbours = new Neighbours(
    reading.index,
    sources.map(({ path: file, mtimeMs }, i) => ({ path: file, name: names[i] ?? file, mtimeMs })),
  );
  const marks = new DatasetMarks(() => index, paths, options.marksFolder);
  const index: DatasetIndex = withDerivedColumns(reading.index, names, {
    plan: () => neighbours.plannedSoFar(),
    rowSets: {
      problemRules: () => ruleIds,
      problemRows: (rule) => finder.rowsOf(rule),
      severityOf: (rule) => severities.get(rule) ?? 'warning',
      textRows: (pattern) => lines.rowsWith(pattern),
      starRows: () => marks.starRows(),
      tagRows: (tag) => marks.tagRows(tag),
    },
    paths: joinTables(lines, neighbours),
    marks,
  });
  const finder = new ProblemFinder(index, lines.odd);
  const life: { phase: DatasetState['phase']; elapsedMs: number; error?: string } = { phase: 'reading', elapsedMs: 0 };

  async function numberTasks(): Promise<void> {
    await inSlices(index.numberTasks(), () => stopping.signal.aborted, stopping);
  }

  const done = reading.done
    .then(async (end) => {
      if (end === 'complete' && index.lacksTaskNames()) await reading.hash();
      if (end === 'complete') await numberTasks();
      if (end === 'complete') await inSlices(marks.readOn(), () => stopping.signal.aborted, stopping);
      if (end === 'complete') await neighbours.load();
      return end === 'complete' && !stopping.signal.aborted;
    })
    .then(
      (isWhole) => {
        life.phase = isWhole ? 'ready' : 'cancelled';
      },
      (error: unknown) => {
        life.phase = 'failed';
        life.error = toAppError(error).message;
      },
    )
    .then(() => {
      life.elapsedMs = Date.now() - startedAt;
    });
  const saved = done.then(() => (life.phase === 'ready' ? reading.save() : undefined));
  const { hashes, begin: beginHashes, savedHashes } = keepHashes({ reading, saved, isReady: () => life.phase === 'ready' });

  const followed = new FollowedDataset(saved, (isHeld) =>
    life.phase === 'ready' && options.follow === true && !stopping.signal.aborted ? reading.follow(isHeld) : undefined,
  );
  const stopNews = options.follow === true ? marks.watchNews(marksNewsMs, stopping) : undefined;
  const still: FollowedDataset['still'] = (job) => followed.still(job);

  const fingerprint = fingerprintOfAll(sources);
  const rate = new RateMeter();
  const state = (): DatasetState => {
    const progress = reading.progress();
    return describeState(id, { sources, names }, progress, {
      ...life,
      version: index.version + marks.version,
      ...followed.state,
      ...marks.describe(),
      limits: reading.index.unlistedKeys?.messages,
      // That of the beginning tells links from those to other files; a pipe has none before its end.
      fingerprint: fingerprint || fingerprintOfAll(sources),
      elapsedMs: life.phase === 'reading' ? Date.now() - startedAt : life.elapsedMs,
      ...(life.phase === 'ready' && { tasks: index.tasks().count }),
      ...(life.phase === 'reading' && { job: rate.at(progress.bytesRead, progress.bytesTotal) }),
    });
  };

  /** The index with the tasks that a filter asks for. */
  const of = (filter: Filter): DatasetIndex => index.groupedBy(groupingOf(filter));

  const isColumn = (name: string): boolean => reading.index.column(name) !== undefined;
  const means = {
    index,
    lines,
    marks,
    finder,
    hashes,
    isColumn,
    plan: () => neighbours.planned(),
    stopping: stopping.signal,
    isReading: () => life.phase === 'reading',
  };
  const prepare = (request: PrepareRequest, job?: JobOptions<LinesProgress>): Promise<void> => prepareDataset(means, request, job);

  const check = (expression: string): void => checkExpression(parseExpression(expression), knownTo(index));

  const exports = exportAnswers({
    done,
    requireWhole: () => requireWhole(life.phase),
    still,
    hashes,
    prepare,
    check,
    sourceOf: (filter, planned) =>
      exportSourceOf({ index: of(filter), names, sources, finder, planned, threads: exportThreads }, options.version),
    plannedTasks: () => neighbours.plannedTasks(),
  });

  function requireRow(row: number): number {
    if (row >= index.rowCount) throw new AppError('not-found', `There is no row ${row}: the dataset has ${index.rowCount} so far.`);
    return row;
  }

  return {
    id,
    isCurrent() {
      if (stopping.signal.aborted || life.phase === 'failed') return false;
      return followed.isCurrent(sources);
    },
    state,
    async watch({ thorough = false, ...job } = {}) {
      // A failure is told to whoever asks for what needs them.
      const hashed = done.then(() => {
        if (thorough && life.phase === 'ready') return Promise.race([beginHashes(), aborted(stopping.signal)]).catch(() => undefined);
      });
      return await watchDataset({ done, ended: Promise.all([followed.ended, hashed]).then(() => undefined), firstRows, state }, job);
    },
    stop() {
      stopping.abort();
      return state();
    },
    async close() {
      onClose();
      stopNews?.();
      // What has been read is worth keeping; whoever is in a hurry stops first.
      if (life.phase === 'ready') await savedHashes();
      stopping.abort();
      await reading.close();
      await lineThreads.close();
      await exportThreads.close();
      await done;
      neighbours.close();
      for (const source of sources) source.close();
    },

    prepare,
    check,
    neighbours: () => neighbours.list(),
    planned: () => neighbours.planned(),
    setNeighbour: ({ file, kind, enabled }) => neighbours.set(file, kind, enabled),

    columns: () => columnInfos(index),
    describe: (name) => requireColumn(index, name).info(),
    page: (request) => readPage(of(request.query.filter), { ...request, range: clampRange(request.range, limits.pageRows) }),
    copy: (request, job = {}) => answerInSlices(copyRows(index, request, atTimes(job)), job),
    async saveView(request, out, job = {}) {
      await Promise.race([done, aborted(job.signal)]);
      requireWhole(life.phase);
      return await still(async () => {
        const { query, columns } = request;
        const onProgress = ({ rowsDone, rowsTotal }: LinesProgress): void => job.onProgress?.({ rowsDone, rowsTotal, bytesWritten: 0 });
        await prepare({ filter: query.filter, columns, ordered: query.sort.map(({ column }) => column) }, { ...job, onProgress });
        return await saveView(of(query.filter), request, out, job);
      });
    },
    find: (request) => findRow(of(request.query.filter), request),
    rowAtLine: (line, file) => index.rowAtLine(file === undefined ? 0 : names.indexOf(file), line) ?? null,
    histogram: (request) => columnHistogram(of(request.filter), request),
    density: (request, job = {}) => answerInSlices(columnDensity(of(request.filter), request), job),
    quantiles: (request) => columnQuantiles(of(request.filter), request),
    counts: (filter) => conditionCounts(of(filter), filter),
    facet: (request) => columnFacet(of(request.filter), request),
    summary: (request) => summariseSelection(of(request.filter), request),
    ...groupAnswers({ index, neighbours, isStopped: () => stopping.signal.aborted }),
    stats: (filter, more) => computeStats(of(filter), summariseFiles(sources, paths, reading.progress()), filter, more),
    profile: (filter, profiling) => profileRollouts(of(filter), filter, profiling),

    rollout: (row, metric) => readRollout({ index, names }, requireRow(row), metric),
    invalidLine: (row) => invalidLineAt({ index, names }, requireRow(row)),
    show: (row) => showRollout({ index, names }, requireRow(row)),
    raw(row, range) {
      const place = index.place(requireRow(row));
      const { start, end } = clampRange(range, limits.rawBytes);
      return { text: lenient.decode(index.readLineSlice(row, start, end)), bytes: place.end - place.start };
    },
    validate: (options = {}, job = {}) => validateDataset({ ...means, names, still }, options, job),
    problems: (job = {}) => listDatasetProblems({ ...means, names, still }, job),
    keyOf: (row) => marks.keyOf(requireRow(row)),
    marksOf: (row) => marks.of(requireRow(row)),
    nextUndecided: (request) => marks.next(request),
    mark: (row, set) => marks.set(requireRow(row), set),
    exportMarks: (job = {}) => answerInSlices(marks.export(), job),
    importMarks: (text, job = {}) => answerInSlices(marks.import(text), job),
    search: ({ filter, pattern, limit, bands }, job) =>
      still(async () => {
        const counts = bands && new BandCounts(index, bands);
        return searchRows(
          { index, threads: lineThreads, names },
          { pattern, rows: filterRows(of(filter), filter), limit, bands: counts },
          job,
        );
      }),
    invalidLines: (request) => pageInvalidLines(index, names, request),

    ...exports,
  };
}
