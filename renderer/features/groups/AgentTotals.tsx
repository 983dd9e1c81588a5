import type { GroupsSummary, GroupTotals } from '#shared/model/group.ts';
import { formatCount, formatPercent, formatScore } from '../../ui/format.ts';
import { shareText } from './shares.ts';
import css from './GroupsRail.module.css';

/** Tasks, rollouts per task, avg@k and pass@k of each agent, and how many of its tasks carry a signal. */
export function AgentTotals({ summary }: { summary: GroupsSummary }) {
  const { agents, binary, indexed, unindexed, leftOut } = summary;
  if (agents.length === 0) return null;
  return (
    <section className={css.section} aria-label="By agent">
      <header>
        <h2>By agent</h2>
        <span className={css.note}>{indexed > 0 ? 'as Gym counts' : 'over the tasks of this list'}</span>
      </header>
      <div className={css.agents}>
        <table>
          <thead>
            <tr>
              <th scope="col">agent</th>
              <th scope="col">tasks</th>
              <th scope="col" className={css.wideOnly} title="rollouts per task">
                n
              </th>
              <th scope="col" title="mean of the first k rollouts of each task, over the tasks; k is the size of the largest">
                avg@n
              </th>
              <th scope="col" title={binary ? 'chance that one of n rollouts is 1' : 'mean of the best of the first n'}>
                pass@n
              </th>
              <th scope="col" title="tasks whose values differ by more than the tolerance">
                signal
              </th>
            </tr>
          </thead>
          <tbody>
            {agents.map(({ agent, ...totals }) => (
              <AgentRow key={agent ?? ''} name={agent} totals={totals} binary={binary} />
            ))}
          </tbody>
        </table>
      </div>
      {indexed > 0 && unindexed + leftOut > 0 && (
        <p className={css.note}>
          {`Not in avg and pass: ${[
            unindexed > 0 ? `${formatCount(unindexed)} rollouts without a task index` : '',
            leftOut > 0 ? `${formatCount(leftOut)} masked, failed or replaced` : '',
          ]
            .filter((text) => text !== '')
            .join(', ')}`}
        </p>
      )}
    </section>
  );
}

function AgentRow({ name, totals, binary }: { name: string | undefined; totals: GroupTotals; binary: boolean }) {
  const last = totals.pass.at(-1);
  const { smallest, largest } = totals;
  const perTask = smallest === largest ? String(largest) : `${smallest}–${largest}`;
  const show = (value: number | undefined): string => (value === undefined ? '·' : binary ? shareText(value, true) : formatScore(value));
  return (
    <tr>
      <th scope="row" title={name}>
        {name ?? 'no agent'}
      </th>
      <td title={`${perTask} rollouts each`}>{formatCount(totals.tasks)}</td>
      <td className={css.wideOnly}>{perTask}</td>
      <td title={last && `avg@${last.k}`}>{show(last?.average)}</td>
      <td title={last && `pass@${last.k}`}>{show(last?.pass)}</td>
      <td title={`${formatCount(totals.alive)} of ${formatCount(totals.tasks)}`}>{formatPercent(totals.alive, totals.tasks)}</td>
    </tr>
  );
}
