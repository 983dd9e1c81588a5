import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { ExpressionError, describeFailure } from './failure.ts';
import { jobText, progressLine } from './progress.ts';
import { alignedLines, bytesText, countText, printable, valueText } from './text.ts';
import { UsageError } from './usage-error.ts';

test('columns line up, numbers to the right, nothing trails', () => {
  expect(
    alignedLines(
      [
        ['metric', 'n', 'note'],
        ['reward', '1,200', ''],
      ],
      new Set([1]),
    ),
  ).toEqual(['metric      n  note', 'reward  1,200']);
});

test('figures are short and keep their meaning', () => {
  expect([0, -1, 1234567, 112638.4, 0.1234567, 19.4, -0.5, 1e-7, undefined].map(valueText)).toEqual([
    '0',
    '-1',
    '1,234,567',
    '112,638',
    '0.1235',
    '19.4',
    '-0.5',
    '1.000e-7',
    '·',
  ]);
  expect(countText(1234567)).toBe('1,234,567');
  expect([0, 999, 1000, 999_600, 123_456_789].map(bytesText)).toEqual(['0 B', '999 B', '1.00 kB', '1.00 MB', '123 MB']);
});

test('text of a file cannot steer the terminal', () => {
  expect(printable('a\u001b[31mred\u0007\tb\nc\r\n\u009b')).toBe('a\\x1b[31mred\\x07\tb\nc\n\\x9b');
});

test('a failure says what happened, with its exit code', () => {
  expect(describeFailure(new UsageError('No.'))).toEqual({ text: 'rollscope: No.\nrollscope --help says what there is.\n', exitCode: 2 });
  expect(describeFailure(new AppError('unreadable', 'a.jsonl cannot be read.'))).toEqual({
    text: 'rollscope: a.jsonl cannot be read.\n',
    exitCode: 3,
  });
  expect(describeFailure(new AppError('nothing-left', 'No row is left.')).exitCode).toBe(1);
  expect(describeFailure(new AppError('cancelled', 'Cancelled.'))).toEqual({ text: '', exitCode: 130 });
  expect(describeFailure(new TypeError('oops')).text).toContain('text.test.ts');
});

test('a wrong expression is marked where it is wrong', () => {
  const error = new ExpressionError(new AppError('bad-input', 'No column "rewrd".', { at: 10 }), 'turns < 9\nrewrd >= 1');
  expect(describeFailure(error)).toEqual({ text: 'rollscope: No column "rewrd".\n  turns < 9 rewrd >= 1\n            ^\n', exitCode: 2 });
});

test('progress is one line of a terminal, and nothing elsewhere', () => {
  const written: string[] = [];
  const write = (text: string): boolean => written.push(text) > 0;
  const line = (isTTY: boolean) => progressLine({ stderr: Object.assign(Object.create(process.stderr), { write, isTTY, columns: 20 }) });
  const piped = line(false);
  piped.show('Reading');
  piped.clear();
  expect(written).toEqual([]);
  const terminal = line(true);
  terminal.show('Reading a very long name');
  terminal.clear();
  terminal.clear();
  expect(written).toEqual(['\r\u001b[2KReading a very long', '\r\u001b[2K']);
});

test('how far a job is, how fast, and how long it takes, as far as that is known', () => {
  const job = { bytesDone: 500e6, bytesTotal: 2e9, bytesPerSecond: 1e9 };
  expect(jobText('Reading a.jsonl', job)).toBe('Reading a.jsonl  25 %  500 MB of 2.00 GB  1.00 GB/s');
  expect(jobText('Reading', { ...job, secondsLeft: 1.5 })).toBe('Reading  25 %  500 MB of 2.00 GB  1.00 GB/s  2 s left');
  expect(jobText('Reading', { ...job, bytesPerSecond: 0, secondsLeft: 125 })).toMatch(/2\.00 GB {2}2 min 5 s left$/);
  expect(jobText('Reading', { ...job, secondsLeft: 4800 })).toMatch(/1 h 20 min left$/);
});
