import type { TargetInfo } from '#shared/model/target.ts';
import { isChanged, writesPairs, type Carried, type ExportState } from '../../state/export-state.ts';
import { plural } from '../../ui/format.ts';
import { targetName } from './words.ts';
import { capital } from '../../state/words.ts';

/** What a recipe has set, step by step. */
export function recipeWords(state: ExportState, filter: readonly string[], target: TargetInfo): string {
  const changed = target.options.filter((option) => isChanged(state, option));
  const parts = [
    `every choice is as ${state.readFrom ?? 'the recipe'} has it`,
    filter.length === 0 ? 'no condition in the filter bar' : `${plural(filter.length, 'condition')} in the filter bar`,
    targetName(target),
    changed.length === 0 ? 'all options at their defaults' : `${plural(changed.length, 'option')} other than the default`,
    ...carriedParts(state.carried, target).map(({ words }) => words),
  ];
  const [first = '', ...others] = parts;
  return `${capital(first)}: ${others.join(', ')}.`;
}

/** A part of a recipe that no step has a control for: it can be kept or left out. */
export interface CarriedPart {
  readonly id: 'pairs' | 'exclude' | 'off';
  readonly words: string;
  /** Each, where there are few to name. */
  readonly names: readonly string[];
  readonly without: Carried;
}

export function carriedParts({ pairs = [], rules: { exclude = [], off = [] } = {} }: Carried, target: TargetInfo): CarriedPart[] {
  const made = (left: { pairs?: typeof pairs; exclude?: string[]; off?: string[] }): Carried => {
    const { pairs: some = pairs, ...of } = left;
    const rules = Object.entries({ exclude, off, ...of }).filter(([, names]) => names.length > 0);
    return { ...(some.length > 0 && { pairs: some }), ...(rules.length > 0 && { rules: Object.fromEntries(rules) }) };
  };
  const parts: (CarriedPart & { readonly count: number })[] = [
    {
      id: 'exclude',
      count: exclude.length,
      words: `rollouts in which ${plural(exclude.length, 'rule')} found something are left out`,
      names: exclude,
      without: made({ exclude: [] }),
    },
    {
      id: 'off',
      count: off.length,
      words: `${plural(off.length, 'rule')} that would leave rollouts out ${off.length === 1 ? 'is' : 'are'} off`,
      names: off,
      without: made({ off: [] }),
    },
    {
      id: 'pairs',
      count: pairs.length,
      words: `${plural(pairs.length, 'pair')} chosen by hand${writesPairs(target) ? '' : `, which ${targetName(target)} has no use for`}`,
      names: [],
      without: made({ pairs: [] }),
    },
  ];
  return parts.filter(({ count }) => count > 0);
}
