import { expect, test } from 'vitest';
import type { PageInput, PageOutput } from './client.tsx';
import { RowPages, type RowsRequest } from './row-pages.ts';

interface Asked {
  readonly input: PageInput<'rows.page'>;
  readonly signal: AbortSignal | undefined;
  answer(total: number): Promise<void>;
}

/** Rows are their own numbers, a thousand times the version of the dataset. */
function setUp(): { pages: RowPages; asked: Asked[] } {
  const asked: Asked[] = [];
  const pages = new RowPages(async (method, input, options) => {
    if (method !== 'rows.page') throw new Error('asks for pages only');
    return await new Promise((resolve) => {
      const page = input as PageInput<'rows.page'>;
      const answer = async (total: number): Promise<void> => {
        const count = Math.max(0, Math.min(total, page.range.end) - page.range.start);
        const rows = Array.from({ length: count }, (_, index) => page.range.start + index);
        const output: PageOutput<'rows.page'> = {
          total,
          rows,
          columns: [{ name: 'x', values: rows.map((row) => (row === 1 ? null : row)), absent: count > 1 ? [1] : [] }],
          kept: rows.map((row) => row % 2 === 0),
        };
        // The type of an answer follows its method, which a stub for one method cannot say.
        resolve(output as never);
        await new Promise((later) => setTimeout(later, 0));
      };
      asked.push({ input: page, signal: options?.signal, answer });
    });
  });
  return { pages, asked };
}
const request = (filter: string[] = []): RowsRequest => ({ dataset: 'd', query: { filter, sort: [] }, draft: [], columns: ['x'] });

test('asks for the blocks in view, once each', async () => {
  const { pages, asked } = setUp();
  pages.ask(request(), 1);
  pages.show({ start: 90, end: 120 });
  pages.show({ start: 95, end: 125 });
  expect(asked.map(({ input }) => input.range)).toEqual([
    { start: 0, end: 100 },
    { start: 100, end: 200 },
  ]);
  await asked[0]?.answer(150);
  await asked[1]?.answer(150);
  const { total, at } = pages.snapshot();
  expect(total).toBe(150);
  expect([at(0)?.row, at(149)?.row, at(150)?.row]).toEqual([0, 149, undefined]);
  expect([at(0)?.cell('x'), at(1)?.cell('x'), at(2)?.cell('y')]).toEqual([{ value: 0 }, 'absent', undefined]);
  expect([at(0)?.kept, at(1)?.kept]).toEqual([true, false]);
  expect(at(0)).toBe(pages.snapshot().at(0));
});

test('cancels what scrolled out of view', () => {
  const { pages, asked } = setUp();
  pages.ask(request(), 1);
  pages.show({ start: 5000, end: 5030 });
  expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
});

test('rows that move on are asked for before they are in view; those of a jump are not', async () => {
  const { pages, asked } = setUp();
  pages.ask(request(), 1);
  await asked[0]?.answer(10_000);
  const starts = (): number[] => asked.map(({ input }) => input.range.start);
  pages.show({ start: 30, end: 60 });
  expect(starts()).toEqual([0, 100]);
  pages.show({ start: 32, end: 62 });
  expect(asked[1]?.signal?.aborted).toBe(false);
  pages.show({ start: 5000, end: 5030 });
  expect(starts()).toEqual([0, 100, 5000]);
  expect(asked[1]?.signal?.aborted).toBe(true);
  pages.show({ start: 5001, end: 5031 });
  pages.show({ start: 5000, end: 5030 });
  expect(starts()).toEqual([0, 100, 5000, 4900]);
});

test('nothing is asked for beyond the last row', async () => {
  const { pages, asked } = setUp();
  pages.ask(request(), 1);
  await asked[0]?.answer(100);
  pages.show({ start: 30, end: 60 });
  pages.show({ start: 60, end: 90 });
  expect(asked).toHaveLength(1);
});

test('shows the old rows until the new question has its first page', async () => {
  const { pages, asked } = setUp();
  pages.ask(request(), 1);
  await asked[0]?.answer(50);
  pages.ask(request(['reward > 1']), 1);
  expect(pages.snapshot().total).toBe(50);
  await asked[1]?.answer(3);
  expect(pages.snapshot().total).toBe(3);
});

test('a grown dataset is asked for what is in view again, without dropping what is shown', async () => {
  const { pages, asked } = setUp();
  pages.ask(request(), 1);
  await asked[0]?.answer(20);
  pages.ask(request(), 2);
  pages.ask(request(), 3);
  expect(asked).toHaveLength(2);
  expect(pages.snapshot().at(19)?.row).toBe(19);
  await asked[1]?.answer(40);
  expect(pages.snapshot().total).toBe(40);
  // The page was asked for at version 2: version 3 is asked for after it.
  expect(asked).toHaveLength(3);
});
