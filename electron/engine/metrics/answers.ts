import { AppError } from '#shared/errors.ts';
import { CellKind } from '../index/types.ts';
import { type QueryIndex, requireColumn } from '../query/index.ts';
import { NO_ANSWER } from './pass.ts';

/** Numbers for the answers of some rows: equal numbers, equal answers; NO_ANSWER where it is missing or null. */
export type AnswerReader = (rows: Uint32Array) => readonly number[];

/**
 * Reads a column of answers, one task at a time, so that no more texts are held than a task has. Answers are equal as Python
 * compares them: true is 1, a text is never a number. Fails with bad-input where there is no such column, and the reader where
 * it meets a list or an object.
 */
export function answerReader(index: QueryIndex, name: string): AnswerReader {
  const column = requireColumn(index, name);
  const kinds = column.kinds();
  const numbers = column.numbers();
  const dictionary = column.codes();
  const answerOf = (row: number): string | number | undefined => {
    switch (kinds[row]) {
      case CellKind.string:
        return `"${dictionary ? dictionary.values[dictionary.codes[row] ?? -1] : column.text(row)}`;
      case CellKind.exact:
        return column.text(row);
      case CellKind.number:
      case CellKind.boolean:
        return numbers[row];
      case CellKind.object:
      case CellKind.array:
        throw new AppError('bad-input', `${name} holds lists or objects, which cannot be votes. Name a column of texts or numbers.`);
      default:
        return undefined;
    }
  };
  return (rows) => {
    const codes = new Map<string | number, number>();
    return Array.from(rows, (row) => {
      const answer = answerOf(row);
      if (answer === undefined) return NO_ANSWER;
      const code = codes.get(answer) ?? codes.size;
      codes.set(answer, code);
      return code;
    });
  };
}
