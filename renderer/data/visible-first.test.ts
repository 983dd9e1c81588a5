import { expect, test } from 'vitest';
import { toAppError } from '#shared/errors.ts';
import type { Call, PageMethod } from './client.tsx';
import { visibleFirst } from './visible-first.ts';

/** A call whose answers are given by the test, and which notes what went out. */
function setUp(): {
  call: (method: PageMethod, signal?: AbortSignal) => Promise<unknown>;
  out: PageMethod[];
  answer: (at: number) => Promise<void>;
} {
  const out: PageMethod[] = [];
  const answers: (() => void)[] = [];
  const inner: Call = (method, _, options) => {
    if (options?.signal?.aborted) return Promise.reject(toAppError(options.signal.reason));
    out.push(method);
    return new Promise((resolve) => answers.push(() => resolve({} as never)));
  };
  const ordered = visibleFirst(inner);
  return {
    // Inputs do not matter here.
    call: (method, signal) => ordered(method, {} as never, signal === undefined ? {} : { signal }),
    out,
    answer: async (at) => {
      answers[at]?.();
      await later();
    },
  };
}
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('charts and counts wait for the rows, then go out two at a time, counts first', async () => {
  const { call, out, answer } = setUp();
  void call('column.facet');
  void call('column.histogram');
  void call('selection.summary');
  void call('rows.page');
  void call('rollout.read');
  await later();
  expect(out).toEqual(['rows.page', 'rollout.read']);
  await answer(0);
  expect(out.slice(2)).toEqual(['selection.summary', 'column.histogram']);
  await answer(2);
  expect(out.slice(4)).toEqual(['column.facet']);
});

test("what is cancelled while it waits never goes out, and takes nobody's place", async () => {
  const { call, out, answer } = setUp();
  const cancelled = new AbortController();
  void call('rows.page');
  const first = call('column.histogram', cancelled.signal).catch(() => 'refused');
  void call('column.histogram');
  void call('column.facet');
  await later();
  cancelled.abort();
  expect(await first).toBe('refused');
  await answer(0);
  expect(out).toEqual(['rows.page', 'column.histogram', 'column.facet']);
});
