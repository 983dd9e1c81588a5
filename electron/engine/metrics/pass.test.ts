import { expect, test } from 'vitest';
import { NO_ANSWER, PassStatistics } from './pass.ts';

function passOf(tasks: readonly (readonly number[])[], answers?: readonly (readonly number[])[]) {
  const statistics = new PassStatistics(answers !== undefined, 1024);
  tasks.forEach((scores, task) => statistics.add(scores, answers?.[task]));
  const { values, perSample } = statistics.result();
  return { ...values, ...perSample };
}
const near = (value: number) => expect.closeTo(value, 5);

// All figures of the next four tests were computed by Gym's own function.
test('two values: the share of draws with a success', () => {
  expect(
    passOf([
      [1, 1, 1, 1],
      [0, 0, 0, 0],
      [1, 0, 1, 0],
    ]),
  ).toMatchObject({
    'pass@1/accuracy': near(50),
    'pass@2/accuracy': near(61.111111),
    'pass@3/accuracy': near(66.666667),
    'pass@4/accuracy': near(66.666667),
    'pass@1[avg-of-1]/accuracy': near(66.666667),
    'pass@1[avg-of-2]/accuracy': near(50),
    'pass@1[avg-of-3]/accuracy': near(55.555556),
    'pass@1[avg-of-4]/accuracy': near(50),
    'pass@1[avg-of-2]/accuracy/std_dev_across_runs': near(23.570226),
    'pass@1[avg-of-2]/accuracy/std_err_across_runs': near(16.666667),
    'pass@1[avg-of-3]/accuracy/std_dev_across_runs': near(19.245009),
    'pass@1[avg-of-3]/accuracy/std_err_across_runs': near(11.111111),
    'pass@1[avg-of-4]/accuracy/std_dev_across_runs': near(19.245009),
    'pass@1[avg-of-4]/accuracy/std_err_across_runs': near(9.622504),
    accuracy: [66.666667, 33.333333, 66.666667, 33.333333].map(near),
  });
});

test('other values: the largest of the first k', () => {
  expect(
    passOf([
      [0.2, 0.9],
      [0.5, 0.5],
    ]),
  ).toEqual({
    'pass@1/accuracy': near(35),
    'pass@2/accuracy': near(70),
    'pass@1[avg-of-1]/accuracy': near(35),
    'pass@1[avg-of-2]/accuracy': near(52.5),
    'pass@1[avg-of-2]/accuracy/std_dev_across_runs': near(24.748737),
    'pass@1[avg-of-2]/accuracy/std_err_across_runs': near(17.5),
    'pass@1[avg-of-2]/accuracy/avg_sample_std_dev': near(Math.SQRT1_2 * 0.35),
    accuracy: [near(35), near(70)],
  });
});

test('tasks of different sizes: pass@k is of those with k rollouts, the average of all', () => {
  expect(passOf([[1, 0, 0], [1]])).toMatchObject({
    'pass@1/accuracy': near(66.666667),
    'pass@2/accuracy': near(66.666667),
    'pass@3/accuracy': near(100),
    'pass@1[avg-of-1]/accuracy': near(100),
    'pass@1[avg-of-2]/accuracy': near(75),
    'pass@1[avg-of-3]/accuracy': near(66.666667),
    accuracy: [100, 0, 0].map(near),
  });
});

test('majority: ties give the mean of the tied, no answer gives 0', () => {
  const [A, B, C, D] = [0, 1, 2, 3];
  expect(
    passOf(
      [
        [1, 0, 1],
        [0, 1, 0],
      ],
      [
        [A, B, A],
        [NO_ANSWER, C, D],
      ],
    ),
  ).toMatchObject({
    'majority@1/accuracy': near(50),
    'majority@2/accuracy': near(75),
    'majority@3/accuracy': near(75),
    'pass@1/accuracy': near(50),
    'pass@2/accuracy': near(83.333333),
    'pass@3/accuracy': near(100),
    'pass@1/no_answer': near(16.666667),
    'pass@2/no_answer': near(33.333333),
    'pass@3/no_answer': near(50),
    'pass@1[avg-of-1]/no_answer': near(50),
    'pass@1[avg-of-2]/no_answer': near(25),
    'pass@1[avg-of-3]/no_answer': near(16.666667),
    'majority@1/no_answer': 0,
    'majority@2/no_answer': 0,
    'majority@3/no_answer': 0,
  });
});

test('rollouts without a score count for nothing but their place', () => {
  expect(passOf([[NaN, 1], [NaN]])).toEqual({
    'pass@1/accuracy': 100,
    'pass@1[avg-of-2]/accuracy': 100,
    accuracy: [100],
  });
  expect(passOf([])).toEqual({});
});

test('large groups: figures up to the largest k that is given, of all rollouts', () => {
  const statistics = new PassStatistics(false, 4);
  statistics.add(Array.from({ length: 100_000 }, (_, i) => (i < 50_000 ? 1 : 0)));
  const { values } = statistics.result();
  expect(values['pass@1/accuracy']).toBeCloseTo(50, 9);
  expect(values['pass@4/accuracy']).toBeCloseTo(93.75, 2);
  expect(values['pass@5/accuracy']).toBeUndefined();
  expect(statistics.longest).toBe(100_000);
});
