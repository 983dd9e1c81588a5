import { severity } from '#shared/model/problem.ts';
import { CellKind, type Column, NO_CODE, type RowIndex } from '../index/types.ts';
import { countBits, rolloutBits, type RowSets, rowsOfBits, untilGrown } from '../query/index.ts';
import { denseColumn, denseNumbers, denseStrings } from './dense-column.ts';
import { type Grouping, taskLabel, TaskKeyReader } from './task-key.ts';
import { NO_TASK, type TaskTable } from './tasks.ts';

// Rows are below rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for.

/** `line`: the number of the line in its file, from 1. */
export function lineColumn(index: RowIndex): Column {
  const values = untilGrown((from: RowIndex) =>
    denseNumbers(
      perRollout(from, (row) => from.place(row).line),
      'number',
    ),
  );
  const cell = (row: number): number | undefined => (isRollout(index, row) ? index.place(row).line : undefined);
  return denseColumn({ name: 'line', kind: 'number', counts: () => everyRollout(index), values: () => values(index), cell });
}

/** `file`: the name of the file. */
export function fileColumn(index: RowIndex, fileNames: readonly string[]): Column {
  const names = [...new Set(fileNames)];
  const codeOf = fileNames.map((name) => names.indexOf(name));
  const values = untilGrown((from: RowIndex) => {
    const valid = from.valid();
    const codes = new Uint32Array(from.rowCount).map((_, row) => (valid[row] === 1 ? (codeOf[from.place(row).file] ?? NO_CODE) : NO_CODE));
    return denseStrings(codes, names);
  });
  const cell = (row: number): string | undefined => (isRollout(index, row) ? fileNames[index.place(row).file] : undefined);
  return denseColumn({ name: 'file', kind: 'string', counts: () => everyRollout(index), values: () => values(index), cell });
}

/** `task`: the label of the task. Texts of one page are read row by row; all of them number the tasks first. */
export function taskColumn(index: RowIndex, tasks: () => TaskTable, grouping?: Grouping): Column {
  const reader = untilGrown((from: RowIndex) => new TaskKeyReader(from, grouping));
  const values = untilGrown(() => {
    const { count, label, taskOf } = tasks();
    const codeOfLabel = new Map<string, number>();
    const codeOfTask = new Uint32Array(count).map((_, task) => {
      const code = codeOfLabel.get(label(task)) ?? codeOfLabel.size;
      codeOfLabel.set(label(task), code);
      return code;
    });
    const codes = taskOf.map((task) => (task === NO_TASK ? NO_CODE : (codeOfTask[task] ?? NO_CODE)));
    return denseStrings(codes, [...codeOfLabel.keys()]);
  });
  const cell = (row: number): string | undefined => (isRollout(index, row) ? taskLabel(reader(index).read(row)) : undefined);
  const kinds = untilGrown((from: RowIndex) => from.valid().map((valid) => (valid === 1 ? CellKind.string : CellKind.missing)));
  return denseColumn({
    name: 'task',
    kind: 'string',
    counts: () => everyRollout(index),
    values: () => values(index),
    kinds: () => kinds(index),
    cell,
  });
}

/** `problems`: rules with a finding in the rollout. Their searches are done by whoever asks first, in one go; `Dataset.prepare` does them in steps. */
export function problemsColumn(index: RowIndex, { problemRules, problemRows }: Pick<RowSets, 'problemRules' | 'problemRows'>): Column {
  const values = untilGrown((from: RowIndex) => {
    const counts = new Uint32Array(from.rowCount);
    for (const rule of problemRules()) for (const row of rowsOfBits(problemRows(rule))) counts[row]!++;
    return denseNumbers(
      perRollout(from, (row) => counts[row]!),
      'number',
    );
  });
  const cell = (row: number): number | undefined => (isRollout(index, row) ? values(index).numbers[row] : undefined);
  return denseColumn({ name: 'problems', kind: 'number', counts: () => everyRollout(index), values: () => values(index), cell });
}

/** `problem_severity`: the worst among the rules with a finding in the rollout, `none` where there is none. Made as `problems` is. */
export function severityColumn(
  index: RowIndex,
  { problemRules, problemRows, severityOf }: Pick<RowSets, 'problemRules' | 'problemRows' | 'severityOf'>,
): Column {
  const names = [...severity.options, 'none'];
  const codes = untilGrown((from: RowIndex) => {
    const valid = from.valid();
    const worst = new Uint32Array(from.rowCount).map((_, row) => (valid[row] === 1 ? names.length - 1 : NO_CODE));
    for (const rule of problemRules()) {
      const code = names.indexOf(severityOf(rule));
      for (const row of rowsOfBits(problemRows(rule))) if (valid[row] === 1) worst[row] = Math.min(worst[row]!, code);
    }
    return worst;
  });
  const values = untilGrown((from: RowIndex) => denseStrings(codes(from), names));
  const cell = (row: number): string | undefined => (isRollout(index, row) ? names[codes(index)[row] ?? NO_CODE] : undefined);
  return denseColumn({ name: 'problem_severity', kind: 'string', counts: () => everyRollout(index), values: () => values(index), cell });
}

function perRollout(index: RowIndex, valueOf: (row: number) => number): Float64Array {
  const valid = index.valid();
  return new Float64Array(index.rowCount).map((_, row) => (valid[row] === 1 ? valueOf(row) : Number.NaN));
}

function everyRollout(index: RowIndex): { present: number; missing: number } {
  return { present: countBits(rolloutBits(index)), missing: 0 };
}

function isRollout(index: RowIndex, row: number): boolean {
  return index.valid()[row] === 1;
}
