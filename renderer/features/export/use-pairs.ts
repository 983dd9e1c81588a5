import { useCallback } from 'react';
import type { PairKey, RolloutKey } from '#shared/model/recipe.ts';
import { useCall } from '../../data/client.tsx';
import { useDataset } from '../../data/dataset-context.tsx';
import type { HalfPair, PairSide } from '../../state/export-state.ts';
import { useExportSession } from './export-session.tsx';

export interface Pairs {
  /** Chosen by hand, the last one at the end. */
  readonly pairs: readonly PairKey[];
  /** Waits for its other one. */
  readonly half: HalfPair | null;
  /** Makes a rollout the chosen or the rejected one of a pair; answers what came of it, in a sentence. */
  readonly take: (row: number, side: PairSide) => Promise<string>;
  readonly forget: () => void;
  readonly remove: (pair: PairKey) => void;
  readonly removeAll: () => void;
}

const others: Readonly<Record<PairSide, PairSide>> = { chosen: 'rejected', rejected: 'chosen' };

/** Preference pairs that are chosen by hand: they are part of every recipe that writes pairs. */
export function usePairs(): Pairs {
  const { state, dispatch } = useExportSession();
  const { dataset } = useDataset();
  const call = useCall();
  const { half, carried } = state;
  const pairs = carried.pairs ?? noPairs;
  const put = useCallback(
    (next: readonly PairKey[]) => {
      const { pairs: _, ...rest } = carried;
      dispatch({ type: 'carried', carried: { ...rest, ...(next.length > 0 && { pairs: [...next] }) } });
    },
    [carried, dispatch],
  );

  const take = async (row: number, side: PairSide): Promise<string> => {
    const { key } = await call('rollout.key', { dataset, row });
    if (half === null || half.side === side || half.row === row) {
      dispatch({ type: 'half', half: { side, row, key } });
      return `${rolloutName(key)} is ${side}. Now read the ${others[side]} one of the same task, and take it.`;
    }
    if (key.task !== half.key.task || key.agent !== half.key.agent)
      return `${rolloutName(key)} is of another task than the ${half.side} one.`;
    const pair = side === 'chosen' ? { chosen: key, rejected: half.key } : { chosen: half.key, rejected: key };
    dispatch({ type: 'half', half: null });
    put([...pairs.filter((each) => !isOf(each, pair)), pair]);
    return `Paired: ${pairName(pair)}.`;
  };

  return {
    pairs,
    half,
    take,
    forget: () => dispatch({ type: 'half', half: null }),
    remove: (pair) => put(pairs.filter((each) => each !== pair)),
    removeAll: () => put([]),
  };
}

const noPairs: readonly PairKey[] = [];

/** Of the same two rollouts, whichever of them is chosen: the later pair stands. */
function isOf(one: PairKey, other: PairKey): boolean {
  const hashes = ({ chosen, rejected }: PairKey): string => [chosen.hash, rejected.hash].sort().join(' ');
  return hashes(one) === hashes(other);
}

function rolloutName({ rollout, hash }: RolloutKey): string {
  return rollout === undefined ? `Rollout ${hash.slice(0, 8)}` : `Rollout ${rollout}`;
}

/** "task 12, rollout 3 over rollout 0", and the agent where there is one. */
export function pairName({ chosen, rejected }: PairKey): string {
  const task = chosen.task === undefined ? '' : `task ${chosen.task}, `;
  const agent = chosen.agent === undefined ? '' : ` (${chosen.agent})`;
  return `${task}${rolloutName(chosen).toLowerCase()} over ${rolloutName(rejected).toLowerCase()}${agent}`;
}
