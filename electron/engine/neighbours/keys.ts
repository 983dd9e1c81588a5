import { CellKind, type Column, type RowIndex } from '../index/types.ts';

export type RowText = (row: number) => string | undefined;

/** The number or text of a column in a row, as text; undefined where it has neither. */
export function textReader(column: Column | undefined): RowText {
  if (!column) return () => undefined;
  const kinds = column.kinds();
  const numbers = column.numbers();
  const codes = column.codes();
  return (row) => {
    switch (kinds[row]) {
      case CellKind.number:
        return String(numbers[row]);
      case CellKind.exact:
        return column.text(row);
      case CellKind.string:
        return codes ? codes.values[codes.codes[row] ?? -1] : column.text(row);
      default:
        return undefined;
    }
  };
}

/** `_ng_task_index` and `_ng_rollout_index` of rows, by which Gym's files are joined. */
export interface KeyReader {
  readonly task: RowText;
  /** Both as one text; undefined where a row lacks one. */
  readonly key: RowText;
}

export function keyReader(index: RowIndex): KeyReader {
  const task = textReader(index.column('_ng_task_index'));
  const rollout = textReader(index.column('_ng_rollout_index'));
  return {
    task,
    key(row) {
      const [taskText, rolloutText] = [task(row), rollout(row)];
      return taskText === undefined || rolloutText === undefined ? undefined : `${taskText}\n${rolloutText}`;
    },
  };
}
