import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import { useFocus } from '../../data/focus-context.tsx';
import { useView } from '../../state/use-view.tsx';
import { formatCompact, formatCount, formatPercent } from '../../ui/format.ts';
import css from './Rail.module.css';

/** Share of the groups with a signal that may be lost before it is worth a warning. */
const worrying = 0.75;

interface Consequence {
  readonly title: string;
  readonly before: number;
  readonly after: number;
  readonly format: (value: number) => string;
  readonly warns: boolean;
}

/** What the filter keeps now, and what it would keep with the draft. */
export function Consequences({ wide }: { wide: boolean }) {
  const { view, dispatch } = useView();
  const { before, after, metric } = useFocus();
  if (before === undefined || after === undefined) return <section className={css.section} aria-busy />;

  const lost = before.groupsWithSignal > 0 && 1 - after.groupsWithSignal / before.groupsWithSignal >= worrying;
  const rows: Consequence[] = [
    { title: 'Rollouts', before: before.rollouts, after: after.rollouts, format: formatCount, warns: false },
    { title: 'Tasks covered', before: before.tasks, after: after.tasks, format: formatCount, warns: false },
    ...(before.tokens === undefined
      ? []
      : [{ title: 'Output tokens', before: before.tokens, after: after.tokens ?? 0, format: formatCompact, warns: false }]),
    { title: 'Groups with signal', before: before.groupsWithSignal, after: after.groupsWithSignal, format: formatCount, warns: lost },
  ];
  const offer = metric?.name === 'reward' && view.draft !== 'group.signal';

  return (
    <section className={css.section} aria-label="Consequences">
      <h2 className={css.title}>Consequences</h2>
      <table className={css.consequences} data-testid="consequences">
        <tbody>
          {rows.map(({ title, before: was, after: is, format, warns }) => (
            <tr key={title} data-warns={warns || undefined}>
              <th scope="row">
                {title}
                {warns && <IconAlertTriangle size={13} aria-label="Most are lost" />}
              </th>
              <td title={formatCount(was)}>
                {wide || was < 100_000 ? format(was) : formatCompact(was)} <IconArrowRight size={11} aria-label="to" />
              </td>
              <td className={css.after} title={formatCount(is)}>
                {format(is)}
              </td>
              {wide && (
                <td className={css.meter}>
                  <span style={{ width: `${was === 0 ? 0 : Math.min(100, (100 * is) / was)}%` }} />
                </td>
              )}
              <td>{formatPercent(is, was)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lost && (
        <p className={css.warning}>
          <IconAlertTriangle size={15} />
          <span>
            Fine for SFT. For GRPO or DPO this removes the failing siblings they learn from.{' '}
            {offer && (
              <button type="button" onClick={() => dispatch({ type: 'draft.set', condition: 'group.signal' })}>
                Keep whole groups with signal
              </button>
            )}
          </span>
        </p>
      )}
    </section>
  );
}
