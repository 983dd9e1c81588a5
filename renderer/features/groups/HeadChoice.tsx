import { useGroupsContext } from '../../data/groups-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { nextAdvantage, passChoices } from './head-choices.ts';
import css from './GroupTable.module.css';

/** Under a head: which k, or which advantage, the column shows. */
export function HeadChoice({ of }: { of: 'passAtK' | 'advantage' }) {
  const { view, dispatch } = useSteadyView();
  const { measure, summary } = useGroupsContext();
  if (of === 'advantage') {
    const { advantage } = view.groups;
    return (
      <select
        className={css.choice}
        aria-label="Advantage"
        value={advantage}
        onChange={(event) => {
          const next = event.currentTarget.value === 'centred' ? 'centred' : 'scaled';
          dispatch({ type: 'groups', groups: nextAdvantage(view.groups, next) });
        }}
      >
        <option value="scaled">÷ std</option>
        <option value="centred">mean only</option>
      </select>
    );
  }
  const k = measure?.k ?? 1;
  return (
    <select
      className={css.choice}
      aria-label="k of pass@k"
      value={k}
      onChange={(event) => dispatch({ type: 'groups', groups: { k: Number(event.currentTarget.value) } })}
    >
      {passChoices(summary, k).map((each) => (
        <option key={each} value={each}>{`k = ${each}`}</option>
      ))}
    </select>
  );
}
