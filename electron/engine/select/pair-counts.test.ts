import { expect, test } from 'vitest';
import { countPairsOfRequest } from './pair-counts.ts';
import { type PairOptions, pairsOfTask } from './pairs.ts';
import { pickOf, seededRandom } from '../query/testing/random.ts';

test('rollouts of one request have as many pairs as exports make of them, however many they are', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 400; round++) {
    const count = round % 90;
    const values = Float64Array.from({ length: count }, () => pickOf(random, [0, 0, 0.25, 0.3, 0.5, 1])).sort();
    const answers = Array.from({ length: count }, () => pickOf(random, [-1, 1, 2, 3]));
    const identity = { prompt: () => 1, tools: () => 1, answer: (row: number) => answers[row] ?? Number.NaN };
    const rows = Uint32Array.from(values.keys());
    for (const margin of [0, 0.25, 0.6]) {
      const made = (strategy: PairOptions['strategy']) => pairsOfTask(rows, values, identity, { strategy, margin, cap: Infinity });
      const split = (strategy: PairOptions['strategy']): number =>
        made(strategy).filter(({ chosen, rejected }) => (values[chosen] ?? 0) >= 0.3 && (values[rejected] ?? 0) < 0.3).length;
      expect(countPairsOfRequest({ rows, values, count }, identity, margin, 0.3)).toEqual({
        bestWorst: made('best-worst').length,
        all: made('all').length,
        split: { bestWorst: split('best-worst'), all: split('all') },
      });
    }
  }
});
