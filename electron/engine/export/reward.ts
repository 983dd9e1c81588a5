import { AppError } from '#shared/errors.ts';
import type { TargetOption } from '#shared/model/target.ts';
import { rewardScales, scaledRewards, type RewardScaling } from '../select/index.ts';
import type { Settings } from './settings.ts';
import type { ExportSource } from './types.ts';

/** How the reward that is written is made of the metric. `what` is written with it. */
export function rewardOptions(what: string, when?: TargetOption['when']): readonly TargetOption[] {
  return [
    {
      key: 'reward-scale',
      step: 'mapping',
      title: 'Scale of the reward',
      help: `Of what is written as ${what}: the metric that rollouts are compared by (in the step sampling, also an expression) as it is; from 0 to 1; by mean and deviation; or by rank. Which rollouts are chosen does not change.`,
      kind: 'choice',
      choices: [
        { value: 'none', title: 'As it is' },
        { value: 'min-max', title: 'From 0 to 1' },
        { value: 'z-score', title: 'Mean and deviation' },
        { value: 'rank', title: 'Rank' },
      ],
      ...(when && { when }),
      default: 'none',
    },
    {
      key: 'reward-over',
      step: 'mapping',
      title: 'Scaled over',
      help: 'The selected rollouts of each task, or all selected rollouts.',
      kind: 'choice',
      choices: [
        { value: 'task', title: 'Each task' },
        { value: 'dataset', title: 'All' },
      ],
      when: { key: 'reward-scale', values: ['min-max', 'z-score', 'rank'] },
      default: 'task',
    },
    {
      key: 'reward-clip',
      step: 'mapping',
      title: 'Cut off the reward',
      help: 'Lowest and highest value, as -1, 1: what lies beyond is written as the nearer of them, after scaling. Empty: nothing is cut.',
      kind: 'text',
      ...(when && { when }),
      default: '',
    },
  ];
}

function scalingOf(settings: Settings): RewardScaling {
  return {
    scale: settings.choice('reward-scale', rewardScales),
    over: settings.choice('reward-over', ['task', 'dataset']),
    clip: clipOf(settings.text('reward-clip')),
  };
}

function clipOf(text: string): RewardScaling['clip'] {
  if (text.trim() === '') return undefined;
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [low = Number.NaN, high = Number.NaN] = parts;
  if (parts.length !== 2 || !(low < high))
    throw new AppError('bad-input', 'reward-clip: write the lowest and the highest value, as -1, 1.');
  return { low, high };
}

/** Rewards by row as they are to be written. Fails with bad-input where `reward-clip` is no range. */
export function rewardsOf(source: ExportSource, rows: Uint32Array, metric: Float64Array, settings: Settings): Float64Array {
  const scaling = scalingOf(settings);
  const taskOf = scaling.over === 'task' && scaling.scale !== 'none' ? source.tasks().taskOf : new Uint32Array();
  return scaledRewards(rows, taskOf, metric, scaling);
}

/** How the reward was made, in a sentence. */
export function rewardFormula(settings: Settings): string {
  const { scale, over, clip } = scalingOf(settings);
  const name = `\`${settings.text('metric').replaceAll(/[`|\r\n]/g, ' ')}\``;
  const whole = over === 'task' ? 'the selected rollouts of its task' : 'all selected rollouts';
  const formulas = {
    none: name,
    'min-max': `(${name} − min) / (max − min), over ${whole}; 0 where all are equal`,
    'z-score': `(${name} − mean) / sample deviation (n − 1), over ${whole}; 0 where all are equal`,
    rank: `the share of the other rollouts with a lower ${name}, equal ones counting half, among ${whole}`,
  };
  return `The reward is ${formulas[scale]}${clip ? `; then cut to the range from ${clip.low} to ${clip.high}` : ''}.`;
}
