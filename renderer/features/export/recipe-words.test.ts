import { expect, test } from 'vitest';
import { initialExport, type Carried } from '../../state/export-state.ts';
import { madeTargets } from '../../testing/made-export.ts';
import { carriedParts, recipeWords } from './recipe-words.ts';

const [sft] = madeTargets;
if (sft === undefined) throw new Error('no target was made');
const carried: Carried = {
  pairs: [{ chosen: { hash: 'a'.repeat(64) }, rejected: { hash: 'b'.repeat(64) } }],
  rules: { exclude: ['response/truncated', 'answer/empty'], off: ['admission/masked'] },
};

test('all that a recipe has set is told in words', () => {
  const state = { ...initialExport, readFrom: 'recipe.json', options: { reasoning: 'drop' }, carried };
  expect(recipeWords(state, ['reward >= 0.5'], sft)).toBe(
    'Every choice is as recipe.json has it: 1 condition in the filter bar, TRL SFT, 1 option other than the default, ' +
      'rollouts in which 2 rules found something are left out, 1 rule that would leave rollouts out is off, ' +
      '1 pair chosen by hand, which TRL SFT has no use for.',
  );
});

test('each part can be taken out alone', () => {
  const without = Object.fromEntries(carriedParts(carried, sft).map((part) => [part.id, part.without]));
  expect(without).toEqual({
    exclude: { pairs: carried.pairs, rules: { off: ['admission/masked'] } },
    off: { pairs: carried.pairs, rules: { exclude: ['response/truncated', 'answer/empty'] } },
    pairs: { rules: carried.rules },
  });
  expect(carriedParts({ rules: { off: ['admission/masked'] } }, sft)).toMatchObject([{ id: 'off', without: {} }]);
});
