import { useState } from 'react';
import type { GroupTotals } from '#shared/model/group.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount, readNumber } from '../../ui/format.ts';
import { shareText } from './shares.ts';
import { isKey } from '../../ui/key-press.ts';
import css from './GroupsRail.module.css';

/** Which tasks train a policy: mixed ones. Of the others all rollouts fail, all pass, or there is but one. */
export function Signal({ total }: { total: GroupTotals }) {
  const parts = [
    { kind: 'fail', name: 'all alike, below the pass mark', count: total.dead - total.deadPassing },
    { kind: 'mixed', name: 'mixed, carries signal', count: total.alive },
    { kind: 'pass', name: 'all alike, pass', count: total.deadPassing },
    ...(total.single > 0 ? [{ kind: 'single', name: 'fewer than two values', count: total.single }] : []),
  ];
  return (
    <section className={css.section} aria-label="Signal">
      <header>
        <h2>Signal</h2>
        <Tolerance />
      </header>
      <div className={css.stack} aria-hidden>
        {parts.map(({ kind, count }) => count > 0 && <span key={kind} data-kind={kind} style={{ flexGrow: count }} />)}
      </div>
      <table className={css.legend}>
        <tbody>
          {parts.map(({ kind, name, count }) => (
            <tr key={kind}>
              <th scope="row">
                <span className={css.swatch} data-kind={kind} aria-hidden />
                {name}
              </th>
              <td>{formatCount(count)}</td>
              <td>{total.tasks === 0 ? '–' : shareText(count / total.tasks, true)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Values that differ by no more are alike. Empty: what conditions and exports take. */
function Tolerance() {
  const { view, dispatch } = useSteadyView();
  const { tolerance } = view.groups;
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (tolerance === null ? '' : String(tolerance));
  const value = readNumber(text);
  const isWrong = text.trim() !== '' && (value === null || value < 0);
  const take = (): void => {
    setTyped(null);
    if (!isWrong && value !== tolerance) dispatch({ type: 'groups', groups: { tolerance: value } });
  };
  return (
    <label
      className={css.tolerance}
      title="Values that differ by no more carry no signal. Empty: 0.000001, as conditions and exports have it"
    >
      tolerance
      <input
        className={css.toleranceInput}
        inputMode="decimal"
        placeholder="0.000001"
        value={text}
        aria-invalid={isWrong || undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (isKey('field.keep', event)) take();
        }}
      />
    </label>
  );
}
