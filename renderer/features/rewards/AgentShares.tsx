import { useFocus } from '../../data/focus-context.tsx';
import css from './AgentShares.module.css';
import rail from './Rail.module.css';

const shown = 12;

/** How the draft shifts the mixture of agents: the bar is after, the tick before. */
export function AgentShares({ wide }: { wide: boolean }) {
  const { before, after } = useFocus();
  if (before === undefined || after === undefined || before.agents.length < 2) return null;
  const share = (count: number, of: number): number => (of === 0 ? 0 : (100 * count) / of);
  const rows = before.agents.slice(0, shown).map(({ agent, rollouts }) => {
    const left = after.agents.find((other) => other.agent === agent)?.rollouts ?? 0;
    return { agent, was: share(rollouts, before.rollouts), is: share(left, after.rollouts) };
  });
  const longest = Math.max(...rows.flatMap(({ was, is }) => [was, is]), 1);

  return (
    <section className={rail.section} aria-label="Share of each agent">
      <h2 className={rail.title}>
        Share of each agent
        <span className={rail.legend} aria-hidden>
          before <i className={css.legendBefore} /> after <i className={css.legendAfter} />
        </span>
      </h2>
      <table className={css.shares}>
        <tbody>
          {rows.map(({ agent, was, is }) => (
            <tr key={agent}>
              <th scope="row" title={agent}>
                {agent}
              </th>
              <td className={css.share} aria-hidden>
                <span style={{ width: `${(100 * is) / longest}%` }} />
                <i style={{ left: `${(100 * was) / longest}%` }} />
              </td>
              <td title={`before ${was.toFixed(1)}%`}>{is.toFixed(1)}%</td>
              {wide && <td className={css.shift}>{signed(is - was)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {before.agents.length > shown && <p className={css.more}>and {before.agents.length - shown} more</p>}
    </section>
  );
}

function signed(points: number): string {
  const text = Math.abs(points).toFixed(1);
  return text === '0.0' ? '0.0' : `${points < 0 ? '\u2212' : '+'}${text}`;
}
