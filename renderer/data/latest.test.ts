import { expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { Latest, type Answer, type Pace } from './latest.ts';

interface Asked {
  readonly input: number;
  readonly signal: AbortSignal;
  answer(value: string): void;
  fail(error: AppError): void;
}

function setUp(pace: Pace): { latest: Latest<number, string>; asked: Asked[]; told: Answer<string>[] } {
  const asked: Asked[] = [];
  const told: Answer<string>[] = [];
  const latest = new Latest<number, string>({
    pace,
    tell: (answer) => told.push(answer),
    ask: (input, signal) => new Promise((answer, fail) => asked.push({ input, signal, answer, fail })),
  });
  return { latest, asked, told };
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('a new question takes the place of the one under way', async () => {
  const { latest, asked, told } = setUp('replace');
  latest.want(1);
  latest.want(2);
  expect(asked[0]?.signal.aborted).toBe(true);
  asked[0]?.answer('late');
  asked[1]?.answer('two');
  await settled();
  expect(told.map(({ value }) => value)).not.toContain('late');
  expect(told.at(-1)).toEqual({ value: 'two', error: null, loading: false });
});

test('under a stream of questions every answer is shown, then the newest question asked', async () => {
  const { latest, asked, told } = setUp('settle');
  for (const input of [1, 2, 3, 4]) latest.want(input);
  expect(asked.map(({ input }) => input)).toEqual([1]);
  asked[0]?.answer('one');
  await settled();
  expect(asked.map(({ input }) => input)).toEqual([1, 4]);
  expect(told.at(-1)).toEqual({ value: 'one', error: null, loading: true });
  asked[1]?.answer('four');
  await settled();
  expect(told.at(-1)).toEqual({ value: 'four', error: null, loading: false });
});

test('the last answer stays beside an error, and a cancelled question is none', async () => {
  const { latest, asked, told } = setUp('replace');
  latest.want(1);
  asked[0]?.answer('one');
  await settled();
  latest.want(2);
  asked[1]?.fail(new AppError('bad-input', 'No.'));
  await settled();
  expect(told.at(-1)).toMatchObject({ value: 'one', error: { code: 'bad-input' }, loading: false });
  latest.want(null);
  expect(told.at(-1)).toEqual({ value: undefined, error: null, loading: false });
});
