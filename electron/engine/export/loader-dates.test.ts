import { expect, test } from 'vitest';
import { isDateText } from './loader-dates.ts';

/** Tried with datasets 5.2.0 and pyarrow 26.0.1: what a column of this one text is read as. */
test.each([
  '2023-11-30',
  '2023-11-30 10',
  '2023-11-30 10:00',
  '2024-01-01T10:00:00',
  '2024-01-01T10:00:00Z',
  '2023-11-30T10:00:00+02:00',
  '2023-11-30T10:00:00+0200',
  '2024-02-29',
])('%s is read as a timestamp', (text) => {
  expect(isDateText(text)).toBe(true);
});

test.each(['2023-11-30T10:00:00.5', '2023-02-31', '20231130', '2023-11', '12:00', ' 2023-11-30', '2023-11-30T24:00:00', 'x', '2023-13-01'])(
  '%s stays a text',
  (text) => {
    expect(isDateText(text)).toBe(false);
  },
);
