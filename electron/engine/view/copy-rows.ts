import { AppError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import type { LinesProgress } from '#shared/model/job.ts';
import { type JsonValue, writeJson } from '#shared/model/json.ts';
import type { CopyFormat } from '#shared/model/view-file.ts';
import { findColumn, hasBit, type QueryIndex, rolloutBits } from '../query/index.ts';
import { delimitedLine, plainText, tsv } from './delimited.ts';
import { wholeValue } from './whole-value.ts';

/**
 * Rows as text for the clipboard, in the order given, every value whole: `tsv` with a line of names first, `json` a list of
 * objects in which what a row lacks is left out, `value` the bare values. Yields after each row, and reports it. Fails with
 * bad-input where it is too much.
 */
export function* copyRows(
  index: QueryIndex,
  { rows, columns, format }: { rows: readonly number[]; columns: readonly string[]; format: CopyFormat },
  report: (progress: LinesProgress) => void = () => undefined,
): Generator<void, string> {
  const found = columns.map((name) => ({ name, column: findColumn(index, name) }));
  const rollouts = rolloutBits(index);
  const parts: string[] = format === 'tsv' ? [delimitedLine(columns, tsv)] : [];
  let [chars, rowsDone] = [0, 0];
  for (const row of rows) {
    if (row >= index.rowCount || !hasBit(rollouts, row)) throw new AppError('not-found', `There is no rollout in row ${row}.`);
    const values = found.map(({ column }) => column && wholeValue(index, column, row));
    const part = written(columns, values, format);
    chars += part.length;
    if (chars > limits.copiedChars) {
      throw new AppError('bad-input', 'This is too much for the clipboard. Choose fewer rows or columns, or save the view as a file.');
    }
    rowsDone++;
    parts.push(part);
    report({ pass: 'lines', rowsDone, rowsTotal: rows.length });
    yield;
  }
  return format === 'json' ? `[\n${parts.join(',\n')}\n]\n` : parts.join('');
}

function written(columns: readonly string[], values: readonly (JsonValue | undefined)[], format: CopyFormat): string {
  switch (format) {
    case 'tsv':
      return delimitedLine(values, tsv);
    case 'json':
      return `  ${writeJson(Object.fromEntries(columns.flatMap((name, i) => (values[i] === undefined ? [] : [[name, values[i]]]))))}`;
    case 'value':
      return values.map((value) => (value === undefined ? '' : plainText(value))).join('\t');
  }
}
