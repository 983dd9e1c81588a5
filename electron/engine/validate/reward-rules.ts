import { CellKind } from '../index/types.ts';
import { bitsWhere, quantile } from '../query/index.ts';
import type { DatasetIndex } from '../select/index.ts';
import { kindWords } from './cells.ts';
import { type ColumnRule, type Findings, once } from './rule.ts';

// Rows run to rowCount, the length of all dense arrays, so their entries are never undefined: that is what `!` stands for.

/** Fewer rewards of an agent say nothing of what is usual. */
const fewRewards = 20;

/** Whether the reward is a number that can be trained on. */
export const rewardRules: readonly ColumnRule[] = [
  {
    id: 'reward/missing',
    severity: 'error',
    title: 'No reward',
    meaning: 'The row has no reward, or null in its place: it passes no threshold and counts in no group.',
    remedy: 'Run the verifier again (gym eval reverify), or leave such rows out: not (missing reward or null reward).',
    at: 'reward',
    search: (index) =>
      once(() => {
        const kinds = index.fieldKinds('reward');
        return {
          rows: bitsWhere(index.rowCount, (row) => (kinds?.[row] ?? CellKind.missing) <= CellKind.null),
          message: (row) => (kinds?.[row] === CellKind.null ? 'reward is null' : 'there is no reward'),
        };
      }),
  },
  {
    id: 'reward/not-a-number',
    severity: 'error',
    title: 'Reward is no number',
    meaning: 'The reward is text, a list or an object: no threshold and no statistic can take it.',
    remedy: 'Mend the verifier: it must answer with a number. Numbers in quotes must lose their quotes.',
    at: 'reward',
    search: (index) =>
      once(() => {
        const kinds = index.fieldKinds('reward');
        return {
          rows: bitsWhere(index.rowCount, (row) => (kinds?.[row] ?? CellKind.missing) >= CellKind.string),
          message: (row) => `reward is ${kindWords(kinds?.[row])}`,
        };
      }),
  },
  {
    id: 'reward/not-finite',
    severity: 'error',
    title: 'Reward is not finite',
    meaning: 'The reward is a number beyond float64: readers see Infinity, and every mean with it is lost.',
    remedy: 'Bound the reward at its source. Statistics here leave such values out.',
    at: 'reward',
    search: (index) =>
      once(() => {
        const reward = index.column('reward');
        const numbers = reward?.numbers();
        return {
          rows: bitsWhere(index.rowCount, (row) => Math.abs(numbers?.[row] ?? 0) === Infinity),
          message: (row) => `reward is ${(reward?.text(row) ?? String(numbers?.[row])).slice(0, 40)}`,
        };
      }),
  },
  {
    id: 'reward/unusual',
    severity: 'warning',
    title: "Reward out of the agent's usual range",
    meaning:
      'The reward lies far from the others of its agent: beyond the range from 0 to 1 and from the first to the last hundredth of them, widened by its own width to both sides. Often it is a code for a failure, such as -100.',
    remedy: 'Look at these rows. Leave them out, or clip the reward, before a mean or an advantage is computed from it.',
    at: 'reward',
    search: searchUnusual,
  },
  {
    id: 'reward/boolean',
    severity: 'note',
    title: 'Reward is true or false',
    meaning: 'Gym writes numbers. Here true counts as 1 and false as 0.',
    remedy: 'Nothing to mend here. Trainers that want a number get one from every export but custom/rollouts.',
    at: 'reward',
    search: (index) =>
      once(() => {
        const reward = index.column('reward');
        const kinds = reward?.kinds();
        return {
          rows: bitsWhere(index.rowCount, (row) => kinds?.[row] === CellKind.boolean),
          message: (row) => `reward is ${reward?.numbers()[row] === 1}`,
        };
      }),
  },
];

interface Range {
  readonly low: number;
  readonly high: number;
}

function* searchUnusual(index: DatasetIndex): Generator<void, Findings> {
  const numbers = index.column('reward')?.numbers() ?? new Float64Array(index.rowCount).fill(Number.NaN);
  yield;
  const agents = agentCodes(index);
  yield;
  const ranges: (Range | undefined)[] = [];
  for (const rewards of rewardsByAgent(agents, numbers)) {
    ranges.push(usualRange(rewards));
    yield;
  }
  const isUnusual = (row: number): boolean => {
    const range = ranges[agents.codes[row]!];
    const value = numbers[row]!;
    return range !== undefined && Number.isFinite(value) && (value < range.low || value > range.high);
  };
  return {
    rows: bitsWhere(index.rowCount, isUnusual),
    message: (row) => {
      const { low, high } = ranges[agents.codes[row]!] ?? { low: 0, high: 0 };
      return `reward is ${numbers[row]!}; usual are ${Number(low.toPrecision(4))} to ${Number(high.toPrecision(4))}`;
    },
  };
}

/** The agent of each row as a number from 0; rows without one, and agents beyond a dictionary, are all number 0. */
function agentCodes(index: DatasetIndex): { codes: Uint32Array; count: number } {
  const dictionary = index.column('agent')?.codes();
  if (!dictionary) return { codes: new Uint32Array(index.rowCount), count: 1 };
  const { codes, values } = dictionary;
  return { codes: codes.map((code) => (code < values.length ? code + 1 : 0)), count: values.length + 1 };
}

/** The finite rewards of each agent's rollouts. */
function* rewardsByAgent({ codes, count }: { codes: Uint32Array; count: number }, numbers: Float64Array): Generator<Float64Array, void> {
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < codes.length; row++) if (Number.isFinite(numbers[row]!)) starts[codes[row]! + 1]!++;
  for (let agent = 0; agent < count; agent++) starts[agent + 1]! += starts[agent]!;
  const rewards = new Float64Array(starts[count]!);
  const next = starts.slice();
  for (let row = 0; row < codes.length; row++) if (Number.isFinite(numbers[row]!)) rewards[next[codes[row]!]!++] = numbers[row]!;
  for (let agent = 0; agent < count; agent++) yield rewards.subarray(starts[agent], starts[agent + 1]);
}

/** Undefined where there are too few rewards to tell. Sorts them. */
function usualRange(rewards: Float64Array): Range | undefined {
  if (rewards.length < fewRewards) return undefined;
  rewards.sort();
  const low = Math.min(0, quantile(rewards, 0.01));
  const high = Math.max(1, quantile(rewards, 0.99));
  return { low: low - (high - low), high: high + (high - low) };
}
