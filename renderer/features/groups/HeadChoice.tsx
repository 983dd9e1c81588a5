import { useGroupsContext } from '../../data/groups-context.tsx';
import { useView } from '../../state/use-view.tsx';
import css from './GroupTable.module.css';

/** Under a head: which k, or which advantage, the column shows. */
export function HeadChoice({ of }: { of: 'passAtK' | 'advantage' }) {
  const { view, dispatch } = useView();
  const { measure, summary } = useGroupsContext();
  if (of === 'advantage') {
    const { advantage, by, descending } = view.groups;
    return (
      <select
        className={css.choice}
        aria-label="Advantage"
        value={advantage}
        onChange={(event) => {
          const next = event.currentTarget.value === 'centred' ? 'centred' : 'scaled';
          const isSorted = by === 'advantageMax' || by === 'centredMax';
          const sort = isSorted ? { by: next === 'centred' ? ('centredMax' as const) : ('advantageMax' as const), descending } : {};
          dispatch({ type: 'groups', groups: { advantage: next, ...sort } });
        }}
      >
        <option value="scaled">÷ std</option>
        <option value="centred">mean only</option>
      </select>
    );
  }
  const k = measure?.k ?? 1;
  const largest = summary?.total.largest ?? k;
  const choices = [...new Set([2, 4, 8, 16, 32, 64, 128, 256, largest, k])]
    .filter((each) => each > 1 && (each <= largest || each === k))
    .sort((a, b) => a - b);
  return (
    <select
      className={css.choice}
      aria-label="k of pass@k"
      value={k}
      onChange={(event) => dispatch({ type: 'groups', groups: { k: Number(event.currentTarget.value) } })}
    >
      {choices.map((each) => (
        <option key={each} value={each}>{`k = ${each}`}</option>
      ))}
    </select>
  );
}
