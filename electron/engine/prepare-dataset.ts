import { AppError } from '#shared/errors.ts';
import { checkExpression, computedOperand, type Operand, operandKind, parseExpression } from '#shared/model/expression/index.ts';
import type { LinesProgress } from '#shared/model/job.ts';
import type { Filter } from '#shared/model/query.ts';
import type { DatasetMarks } from './annotate/index.ts';
import type { JobOptions, PrepareRequest } from './api.ts';
import type { KeptHashes } from './dataset-hashes.ts';
import { inSlices } from './jobs/index.ts';
import { type LineNeeds, type Needs, needsOf, type Preparation } from './prepare/index.ts';
import { columnRanks, conditionBits, knownTo, readsTexts } from './query/index.ts';
import type { DatasetIndex } from './select/index.ts';
import { needHashes, needLines, type ProblemFinder } from './validate/index.ts';
import { reportMs } from './watch-dataset.ts';

/** What a dataset prepares with. */
export interface Means {
  readonly index: DatasetIndex;
  readonly lines: Preparation;
  readonly marks: DatasetMarks;
  readonly finder: ProblemFinder;
  /** Names that need no reading. */
  readonly isColumn: (name: string) => boolean;
  readonly isReading: () => boolean;
  readonly stopping: AbortSignal;
  /** Takes the canonical hashes that are not there yet. */
  readonly hashes: KeptHashes['hashes'];
  /** Reads what was planned, where it has not been. */
  readonly plan: () => Promise<unknown>;
}

/** Dataset.prepare. */
export async function prepareDataset(means: Means, request: PrepareRequest, job: JobOptions<LinesProgress> = {}): Promise<void> {
  const { filter, columns = [], ordered = [], rules = [] } = request;
  const needs = needsOf(filter, [...columns, ...ordered]);
  if (needs.grouping === 'prompt' || needHashes(needs.problems ? undefined : needs.rules)) await means.hashes(job);
  if (needs.plan) await means.plan();
  const odd = needLines(needs.problems ? undefined : [...needs.rules, ...rules]);
  await readLines(means, { ...needs, odd }, job);
  const steps = prepareSteps(means, { filter, needs, ordered }, tellingTexts(means.index, job));
  // Mostly there is nothing to be done: then nobody waits for a turn.
  if (steps.next().done) return;
  if (!(await inSlices(steps, () => job.signal?.aborted === true || means.stopping.aborted, job.client)))
    throw new AppError('cancelled', 'Cancelled.');
}

/** What is read from lines. */
export async function readLines(
  { index, lines, isColumn }: Pick<Means, 'index' | 'lines' | 'isColumn'>,
  needs: LineNeeds,
  job: JobOptions<LinesProgress>,
): Promise<void> {
  const { signal, client } = job;
  const report = atTimes(job);
  const onRow = (row: number): void => report({ pass: 'lines', rowsDone: row + 1, rowsTotal: index.rowCount });
  await lines.readOn(needs, isColumn, { signal, client, onRow });
}

/** Reports at once, and then not too often. */
export function atTimes({ onProgress }: JobOptions<LinesProgress>): (progress: LinesProgress) => void {
  let reportAt = 0;
  return (progress) => {
    if (Date.now() < reportAt) return;
    onProgress?.(progress);
    reportAt = Date.now() + reportMs;
  };
}

/** Which share of a column's texts has been read. */
function tellingTexts({ rowCount }: DatasetIndex, job: JobOptions<LinesProgress>): (share: number) => void {
  const report = atTimes(job);
  return (share) => report({ pass: 'texts', rowsDone: Math.floor(share * rowCount), rowsTotal: rowCount });
}

/** The other work in steps of a few milliseconds at most. */
function* prepareSteps(
  { index: plain, marks, finder, isReading }: Means,
  { filter, needs, ordered }: { readonly filter: Filter; readonly needs: Needs; readonly ordered: readonly string[] },
  tell: (share: number) => void,
): Generator<void, true> {
  const index = plain.groupedBy(needs.grouping);
  if (needs.tasks) yield* index.numberTasks();
  // While rows come in, marks would be placed anew each time; columns of them are there when all is read.
  if (needs.marks || !isReading()) yield* marks.readOn();
  for (const rule of needs.rules) yield* finder.searchOne(rule);
  if (needs.problems) yield* finder.search();
  for (const operand of needs.computed) if (fits(index, operand)) yield* index.computedInSteps(operand);
  // While rows come in, what they meet and their order would be void before they were used.
  if (!isReading())
    for (const condition of filter)
      if (holds(index, condition) && readsTexts(index, condition)) yield* conditionBits.steps(index, condition, tell);
  const lasting = isReading() ? [] : ordered.filter((name) => isThere(index, name));
  for (const name of lasting) yield* columnRanks.steps(index, name, tell);
  return true;
}

function isThere(index: DatasetIndex, name: string): boolean {
  if (index.column(name) !== undefined) return true;
  const operand = computedOperand(name);
  return operand !== undefined && fits(index, operand);
}

/** Whoever asks for what does not fit fails later, and says why. */
function fits(index: DatasetIndex, operand: Operand): boolean {
  return isRight(() => operandKind(operand, knownTo(index)));
}

function holds(index: DatasetIndex, condition: string): boolean {
  return isRight(() => checkExpression(parseExpression(condition), knownTo(index)));
}

function isRight(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') return false;
    throw error;
  }
}
