import { findColumn } from './query/index.ts';
import type { Cell } from '#shared/model/cell.ts';
import { isJsonObject, JsonNumber, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import { AppError } from '#shared/errors.ts';
import type { InvalidLine } from '#shared/model/problem.ts';
import type { RolloutDetail, ShownRollout, Sibling } from '#shared/model/rollout.ts';
import { CellKind, type InvalidRow } from './index/types.ts';
import { lineBytes } from './index/line-bytes.ts';
import { describeLine, describeLineForPage } from './rollout/index.ts';
import type { DatasetIndex } from './select/index.ts';
import { describeInvalidLine } from './validate/invalid-lines.ts';

interface Rows {
  readonly index: DatasetIndex;
  /** Of the files, in order. */
  readonly names: readonly string[];
}

/** Siblings on screen: a group larger than this is shown in part. */
const mostSiblings = 256;

/** What is wrong with a row's line; null where it is a rollout. */
export function invalidLineAt({ index, names }: Rows, row: number): InvalidLine | null {
  const invalid = invalidRow(index, row);
  return invalid ? describeInvalidLine(index, names, invalid) : null;
}

/** The public shape of one rollout. Fails with bad-input on an invalid line, saying what is wrong with it. */
export function showRollout({ index, names }: Rows, row: number): ShownRollout {
  const invalid = invalidLineAt({ index, names }, row);
  if (invalid) {
    const { file, line, offset, message } = invalid;
    throw new AppError('bad-input', `Line ${line} of ${file} is no rollout: ${message} (byte ${offset} of the line).`);
  }
  const { promptMessages: _, ...described } = describeLine(lineBytes(index, row), { arguments: 'parsed' }).description;
  return { ...positionOf(index, row), ...described, metrics: metricsOf(index, row) };
}

/** What the reader shows of one row. `metric`: the figure of the siblings. */
export function readRollout({ index, names }: Rows, row: number, metric: string): RolloutDetail {
  const { file, start, end } = index.place(row);
  const bytes = end - start;
  const invalid = invalidLineAt({ index, names }, row);
  if (invalid) return { kind: 'invalid', ...invalid, bytes };
  const { row: parsed, description } = describeLineForPage(lineBytes(index, row));
  return {
    kind: 'rollout',
    row,
    file: names[file] ?? '',
    bytes,
    ...positionOf(index, row),
    ...description,
    metrics: metricsOf(index, row),
    fields: fieldsOf(index, row),
    request: requestOf(parsed),
    siblings: siblingsOf(index, row, metric),
  };
}

function invalidRow(index: DatasetIndex, row: number): InvalidRow | undefined {
  if (index.valid()[row] === 1) return undefined;
  return index.invalidRows.find((invalid) => invalid.row === row);
}

function positionOf(index: DatasetIndex, row: number): Pick<ShownRollout, 'line' | 'byteOffset' | 'reward' | 'task' | 'agent' | 'rollout'> {
  const { line, start } = index.place(row);
  const reward = index.column('reward')?.cell(row);
  const agent = index.column('agent')?.text(row);
  const rollout = numberAt(index, 'rollout', row);
  return {
    line,
    byteOffset: start,
    ...((reward === null || typeof reward === 'number') && { reward }),
    task: index.column('task')?.text(row) ?? '',
    ...(agent !== undefined && { agent }),
    ...(isRolloutIndex(rollout) && { rollout }),
  };
}

/** A larger one is no index, and no contract lets it pass. */
function isRolloutIndex(value: number | undefined): value is number {
  return Number.isSafeInteger(value);
}

/** Undefined where the row holds no finite number. */
function numberAt(index: DatasetIndex, name: string, row: number): number | undefined {
  const value = index.column(name)?.numbers()[row];
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function metricsOf(index: DatasetIndex, row: number): Record<string, number> {
  const metrics: Record<string, number> = {};
  for (const column of index.columns()) {
    const value = column.cell(row);
    if (column.name === 'line') continue;
    if (typeof value === 'number') metrics[column.name] = value;
    else if (typeof value === 'boolean') metrics[column.name] = Number(value);
  }
  return metrics;
}

function fieldsOf(index: DatasetIndex, row: number): { name: string; value: Cell }[] {
  return index.columns().flatMap((column) => {
    const value = column.cell(row);
    return value === undefined ? [] : [{ name: column.name, value }];
  });
}

/** Every scalar of the request: the sampling parameters. */
function requestOf(row: JsonObject): Record<string, Cell> {
  const params = row['responses_create_params'];
  if (!isJsonObject(params)) return {};
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (isScalar(value) ? [[name, scalarCell(value)]] : [])));
}

type Scalar = null | boolean | number | string | JsonNumber;

function isScalar(value: JsonValue): value is Scalar {
  return value === null || typeof value !== 'object' || value instanceof JsonNumber;
}

function scalarCell(value: Scalar): Cell {
  return value instanceof JsonNumber ? { exact: value.text } : value;
}

function siblingsOf(index: DatasetIndex, row: number, metric: string): Sibling[] {
  const tasks = index.tasks();
  const task = tasks.taskOf[row];
  if (task === undefined) return [];
  const rollouts = index.column('rollout')?.numbers();
  const found = findColumn(index, metric);
  const [metrics, kinds] = [found?.numbers(), found?.kinds()];
  const siblings = [...tasks.rowsOf(task).subarray(0, mostSiblings)].map((each): Sibling => {
    const rollout = rollouts?.[each];
    const value = metrics?.[each];
    const has = kinds?.[each] !== CellKind.missing && value !== undefined && Number.isFinite(value);
    return {
      row: each,
      ...(isRolloutIndex(rollout) && { rollout }),
      ...(has && { metric: value }),
    };
  });
  return siblings.sort((a, b) => (a.rollout ?? Infinity) - (b.rollout ?? Infinity) || a.row - b.row);
}
