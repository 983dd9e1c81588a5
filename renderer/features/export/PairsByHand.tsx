import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { mostPairs } from '../../state/export-choices.ts';
import { optionValue, writesPairs } from '../../state/export-state.ts';
import { formatCount, plural } from '../../ui/format.ts';
import type { ExportModel } from './use-export-model.ts';
import { pairName, usePairs } from './use-pairs.ts';
import { targetName } from './words.ts';
import css from './Recipe.module.css';

/** So many are listed. */
const mostListed = 50;

/** The pairs that were chosen by hand, each of which can be taken out; how one is chosen where only these are wanted. */
export function PairsByHand({ model: { state, target } }: { model: ExportModel }) {
  const { pairs, remove, removeAll } = usePairs();
  if (target === undefined) return null;
  const strategy = target.options.find(({ key }) => key === 'pairs');
  const onlyThese = strategy !== undefined && optionValue(state, strategy) === 'by-hand';
  if (pairs.length === 0 && !onlyThese) return null;
  return (
    <section className={css.carried} aria-label="Pairs chosen by hand">
      <h3>
        {pairs.length === 0 ? 'No pair is chosen by hand' : `${plural(pairs.length, 'pair')} chosen by hand`}
        {pairs.length > 1 && (
          <button type="button" className={css.link} onClick={removeAll}>
            Take all out
          </button>
        )}
      </h3>
      {pairs.length > 0 && !writesPairs(target) && <p className={css.about}>{targetName(target)} has no use for them.</p>}
      {pairs.length === 0 && (
        <p className={css.about}>Read a rollout and take it as one of a pair, by the scales in its head; then the other of its task.</p>
      )}
      <ul>
        {pairs.slice(0, mostListed).map((pair) => (
          <li key={`${pair.chosen.hash} ${pair.rejected.hash}`}>
            <span>{pairName(pair)}</span>
            <ActionIcon aria-label={`Take out the pair of ${pairName(pair)}`} onClick={() => remove(pair)}>
              <IconX size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {pairs.length > mostListed && <p className={css.about}>and {formatCount(pairs.length - mostListed)} more</p>}
      {pairs.length > mostPairs && (
        <p className={css.about}>
          So many stand in no address: they are kept in this window until it is closed, and in the recipe of each export.
        </p>
      )}
    </section>
  );
}
