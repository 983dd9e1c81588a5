import { readFile } from 'node:fs/promises';
import { toAppError } from '#shared/errors.ts';
import { isJsonObject, type JsonValue, parseJson } from '#shared/model/json.ts';
import type { RowIndex } from '../index/types.ts';
import { readDataset } from '../index/read-dataset.ts';
import { openSourceFile } from '../source/index.ts';
import type { FoundNeighbour } from './find.ts';
import { keyReader, textReader } from './keys.ts';

/** A planned rollout. */
export interface Planned {
  readonly key: string;
  readonly task: string;
  readonly agent: string | undefined;
}

/** What is kept of a neighbour. */
export interface Contents {
  readonly rows: number;
  readonly planned?: readonly Planned[];
  /** By key: failed attempts. */
  readonly failures?: ReadonlyMap<string, number>;
  readonly failureClasses?: Readonly<Record<string, number>>;
  /** By key. */
  readonly verdicts?: ReadonlyMap<string, string>;
  /** Lines that the health check has seen. */
  readonly checkedRecords?: number;
  readonly problem?: string;
}

/** Metric files hold figures only. */
const mostJsonBytes = 256 << 20;

/** Reads a neighbour as the dataset it is, and keeps what is joined. Whatever is wrong with it is told in `problem`. */
export async function readNeighbour(found: FoundNeighbour): Promise<Contents> {
  try {
    return found.name.endsWith('.jsonl') ? await readLines(found) : await readFigures(found);
  } catch (error) {
    return { rows: 0, problem: toAppError(error).message };
  }
}

async function readLines({ kind, path, bytes }: FoundNeighbour): Promise<Contents> {
  // Gym makes an empty file of failures before there are any.
  if (bytes === 0) return { rows: 0, ...pick(kind, undefined) };
  const source = openSourceFile(path);
  try {
    const reading = readDataset([source]);
    await reading.done;
    const { index } = reading;
    const broken = index.invalidRows.length;
    const problem = broken === 0 ? {} : { problem: `${broken} of its lines are no JSON object` };
    return { rows: index.rowCount - broken, ...pick(kind, index), ...problem };
  } finally {
    source.close();
  }
}

function pick(kind: FoundNeighbour['kind'], index: RowIndex | undefined): Partial<Contents> {
  switch (kind) {
    case 'materialized-inputs':
      return { planned: index ? readPlan(index) : [] };
    case 'failures':
      return index ? readFailures(index) : { failures: new Map(), failureClasses: {} };
    case 'verdicts':
      return { verdicts: index ? readVerdicts(index) : new Map() };
    default:
      return {};
  }
}

function readPlan(index: RowIndex): Planned[] {
  const { task, key } = keyReader(index);
  const agent = textReader(index.column('agent'));
  return rowsOf(index).flatMap((row) => {
    const [planned, taskText] = [key(row), task(row)];
    return planned === undefined || taskText === undefined ? [] : [{ key: planned, task: taskText, agent: agent(row) }];
  });
}

function readFailures(index: RowIndex): Pick<Contents, 'failures' | 'failureClasses'> {
  const { key } = keyReader(index);
  const failureClass = textReader(index.column('_ng_failure_class'));
  const failures = new Map<string, number>();
  const classes = new Map<string, number>();
  for (const row of rowsOf(index)) {
    const failed = key(row);
    if (failed !== undefined) failures.set(failed, (failures.get(failed) ?? 0) + 1);
    const name = failureClass(row) ?? '(none)';
    classes.set(name, (classes.get(name) ?? 0) + 1);
  }
  return { failures, failureClasses: Object.fromEntries(classes) };
}

const severity = ['healthy', 'unobserved', 'unhealthy'];

/** Of lines with the same key the worst counts: they are told apart by nothing else. */
function readVerdicts(index: RowIndex): Map<string, string> {
  const { key } = keyReader(index);
  const verdict = textReader(index.column('verdict'));
  const verdicts = new Map<string, string>();
  for (const row of rowsOf(index)) {
    const [of, text] = [key(row), verdict(row)];
    if (of === undefined || text === undefined) continue;
    const before = verdicts.get(of);
    if (before === undefined || severity.indexOf(text) > severity.indexOf(before)) verdicts.set(of, text);
  }
  return verdicts;
}

function rowsOf(index: RowIndex): number[] {
  const valid = index.valid();
  return Array.from(valid.keys()).filter((row) => valid[row] === 1);
}

async function readFigures({ kind, path, bytes }: FoundNeighbour): Promise<Contents> {
  if (bytes > mostJsonBytes) return { rows: 0, problem: 'it is too large for a file of figures' };
  const value = parseJson(await readFile(path, 'utf8'));
  if (kind !== 'quality-summary') {
    return Array.isArray(value) ? { rows: value.length } : { rows: 0, problem: 'it holds no list of figures' };
  }
  const records = numberAt(value, 'run', 'artifacts', 'records');
  return records === undefined ? { rows: 1, problem: 'it does not say how many lines were checked' } : { rows: 1, checkedRecords: records };
}

function numberAt(value: JsonValue, ...names: string[]): number | undefined {
  let at: JsonValue | undefined = value;
  for (const name of names) at = at !== undefined && isJsonObject(at) ? at[name] : undefined;
  return typeof at === 'number' ? at : undefined;
}
