import { expect, test } from 'vitest';
import { bodyHeight, inTurns, maxOffset, mostInView, offsetToSee, rowsInView, scrollScale, type ScrollLayout } from './scaled-scroll.ts';

const layout = (count: number): ScrollLayout => ({ count, rowHeight: 28, headHeight: 64, viewportHeight: 764 });

test('few rows scroll as they are', () => {
  expect(bodyHeight(layout(1000))).toBe(28_000);
  expect(scrollScale(layout(1000))).toBe(1);
  expect(rowsInView(0, layout(1000))).toEqual({ start: 0, end: 25 });
  expect(rowsInView(14, layout(1000), 2)).toEqual({ start: 0, end: 28 });
  expect(rowsInView(0, layout(3), 10)).toEqual({ start: 0, end: 3 });
  expect(rowsInView(0, layout(0), 10)).toEqual({ start: 0, end: 0 });
});

test('the end of five million rows is reached at the end of the scrollbar', () => {
  const many = layout(5_000_000);
  const end = bodyHeight(many) + 64 - 764;
  expect(bodyHeight(many)).toBe(8_000_000);
  expect(end * scrollScale(many)).toBeCloseTo(maxOffset(many), 3);
  expect(rowsInView(maxOffset(many), many).end).toBe(5_000_000);
});

test('a row is brought into view by the shortest way', () => {
  const rows = layout(1000);
  expect(offsetToSee(3, 280, rows)).toBe(84);
  expect(offsetToSee(12, 280, rows)).toBe(280);
  expect(offsetToSee(40, 0, rows)).toBe(41 * 28 - 700);
  expect(offsetToSee(999, 0, rows)).toBe(maxOffset(rows));
});

test('no more rows are in view at once than are kept places for', () => {
  for (const viewportHeight of [64, 100, 763, 764, 765]) {
    const rows = { ...layout(1000), viewportHeight };
    const seen = Array.from({ length: 3000 }, (_, step) => rowsInView(step * 7.3, rows, 8)).map(({ start, end }) => end - start);
    expect(Math.max(...seen)).toBe(mostInView(rows, 8));
  }
});

test('rows that move keep their places among each other, and are in order once their turn is that of the first', () => {
  const numbers = (start: number, turn: number): number[] => inTurns({ start, end: start + 6 }, 6, turn).map((row) => row % 6);
  const places = numbers(0, 0);
  for (const start of [1, 4, 5, 6, 700, 3]) expect(numbers(start, 0)).toEqual(places);
  for (const start of [0, 4, 5, 701]) {
    expect(inTurns({ start, end: start + 5 }, 6, start % 6)).toEqual([0, 1, 2, 3, 4].map((offset) => start + offset));
    expect([...inTurns({ start, end: start + 5 }, 6, 2)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4].map((offset) => start + offset));
  }
});
