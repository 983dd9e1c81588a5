import { expect, test } from 'vitest';
import { parseOperand, printOperand } from '#shared/model/expression/index.ts';
import { finish } from '../query/finish.ts';
import { arithmeticColumn } from './computed-column.ts';

const count = 200_001;
const reward = new Float64Array(count).map((_, row) => (row % 7 === 0 ? Number.NaN : (row % 11) / 10));
const truncated = new Float64Array(count).map((_, row) => (row % 5 === 0 ? 1 : 0));

test('what is computed is the same however many chunks it takes, and each input is asked for once', () => {
  const asked: string[] = [];
  const steps = arithmeticColumn(
    parseOperand('reward - 0.1 * truncated + reward / truncated'),
    (operand) => {
      asked.push(printOperand(operand));
      return printOperand(operand) === 'reward' ? reward : truncated;
    },
    { count, isRollout: (row) => row !== 3 },
  );
  let yields = 0;
  const column = finish(
    (function* () {
      for (;;) {
        const step = steps.next();
        if (step.done === true) return step.value;
        yields++;
        yield;
      }
    })(),
  );
  expect(yields).toBeGreaterThan(4);
  expect(asked).toEqual(['reward', 'truncated']);
  const expected = [...reward].map((value, row) => {
    const result = value - 0.1 * truncated[row]! + value / truncated[row]!;
    return Number.isFinite(result) ? result : Number.NaN;
  });
  expect([...column.numbers()]).toEqual(expected);
  const rows = expected.filter((_, row) => row !== 3);
  const present = rows.filter((value) => !Number.isNaN(value)).length;
  expect(column.info()).toMatchObject({ kind: 'number', present, missing: rows.length - present });
  expect(column.cell(5)).toBe(0.5 - 0.1 + 0.5);
  expect(column.cell(7)).toBeUndefined();
});
