import { Button, Tooltip } from '@mantine/core';
import { IconFilter, IconPercentage } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { GroupsSummary, GroupTotals } from '#shared/model/group.ts';
import { useFocus } from '../../data/focus-context.tsx';
import { useGroupsContext } from '../../data/groups-context.tsx';
import type { Plan } from '../../data/use-groups.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount, formatScore } from '../../ui/format.ts';
import { withKey } from '../../ui/key-press.ts';
import { shareText } from './shares.ts';
import { passRateCondition, signalCondition, toggled } from '../../state/group-conditions.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './GroupsLens.module.css';

/** What all groups are together, and the two filters that are used most. */
export function GroupsHead() {
  const { summary, plan } = useGroupsContext();
  return (
    <header className={css.head}>
      <dl className={css.figures} aria-label="All groups">
        {summary !== undefined && <Figures summary={summary} plan={plan} />}
      </dl>
      <Filters />
    </header>
  );
}

function Figures({ summary, plan }: { summary: GroupsSummary; plan: Plan | null }) {
  const { total, binary } = summary;
  const last = total.pass.at(-1);
  const shown = passShown(total);
  const measured = total.alive + total.dead;
  const missing = plan === null ? 0 : plan.expected - plan.present;
  return (
    <>
      <Figure name="tasks">{formatCount(total.tasks)}</Figure>
      <Figure name="rollouts per task">
        {total.smallest === total.largest ? formatCount(total.largest) : `${total.smallest} to ${formatCount(total.largest)}`}
      </Figure>
      {last?.average !== undefined && (
        <Figure name={`avg@${last.k}`} meaning={`mean of the first ${last.k} rollouts of each task, over the tasks; as Gym has it`}>
          {shareText(last.average, binary)}
        </Figure>
      )}
      {shown.map(({ k, pass }) => (
        <Figure key={k} name={`pass@${k}`} quiet={!binary} meaning={passMeaning(summary, k)}>
          {shareText(pass, binary)}
        </Figure>
      ))}
      {total.meanStd !== undefined && <Figure name="mean std">{formatScore(total.meanStd)}</Figure>}
      {measured > 0 && (
        <Figure
          name="no signal"
          tone={total.dead > 0 ? 'warn' : undefined}
          meaning={`${formatCount(total.dead)} of ${formatCount(measured)} tasks with two values or more`}
        >
          {shareText(total.dead / measured, true)}
        </Figure>
      )}
      {missing > 0 && plan !== null && (
        <Figure
          name="missing"
          tone="warn"
          meaning={`${formatCount(plan.present)} of ${formatCount(plan.expected)} planned rollouts are there; ${formatCount(plan.tasks.missing)} tasks have none`}
        >
          {formatCount(missing)}
        </Figure>
      )}
    </>
  );
}

/** k = 1, a middle one and the largest: more would not fit. */
function passShown({ pass }: GroupTotals): { k: number; pass: number }[] {
  const known = pass.flatMap((each) => (each.pass === undefined ? [] : [{ k: each.k, pass: each.pass }]));
  const middle = known[known.length - 2];
  return [known[0], known.length > 2 ? middle : undefined, known.length > 1 ? known.at(-1) : undefined].filter(
    (each) => each !== undefined,
  );
}

function passMeaning({ binary, indexed, leftOut }: GroupsSummary, k: number): string {
  const how = binary
    ? `chance that one of ${k} rollouts drawn from a task is 1`
    : `not all values are 0 or 1: there it is the best of the first ${k}`;
  const whose = indexed > 0 ? 'as Gym has it' : "as Gym's, over the tasks of this list";
  return `${how}; mean over the tasks with ${k} values or more, ${whose}${leftOut > 0 ? `; ${formatCount(leftOut)} masked, failed or replaced rollouts are left out` : ''}`;
}

interface FigureProps {
  readonly name: string;
  readonly meaning?: string;
  readonly tone?: 'warn' | undefined;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

function Figure({ name, meaning, tone, quiet = false, children }: FigureProps) {
  return (
    <div title={meaning}>
      <dt>{name}</dt>
      <dd data-tone={tone} data-quiet={quiet || undefined}>
        {children}
      </dd>
    </div>
  );
}

/** By the metric in view. */
function Filters() {
  const { view, dispatch } = useSteadyView();
  const { metric } = useFocus();
  const name = metric?.name ?? 'reward';
  const signal = signalCondition(view.groups.tolerance, name);
  const passRate = passRateCondition(name);
  const toggle = (condition: string): void => dispatch({ type: 'filter.set', filter: toggled(view.filter, condition) });
  const isOn = view.filter.includes(passRate);
  useOffers(() =>
    metric === null
      ? []
      : [
          {
            id: 'groups.passRate',
            title: `Filter: ${isOn ? 'let go of' : 'keep'} groups with a pass rate from 20 to 80%`,
            icon: IconPercentage,
            run: () => toggle(passRate),
          },
        ],
  );
  if (metric === null) return null;
  return (
    <div className={css.filters}>
      <Tooltip label={withKey('Groups that train a policy', 'filter.signal')}>
        <Button
          variant="default"
          leftSection={<IconFilter size={14} />}
          aria-pressed={view.filter.includes(signal)}
          data-on={view.filter.includes(signal) || undefined}
          onClick={() => toggle(signal)}
        >
          Signal only
        </Button>
      </Tooltip>
      <Tooltip label="Neither too hard nor too easy: a fifth to four fifths of the rollouts pass">
        <Button
          variant="default"
          leftSection={<IconPercentage size={14} />}
          aria-pressed={isOn}
          data-on={isOn || undefined}
          onClick={() => toggle(passRate)}
        >
          Pass rate 20–80%
        </Button>
      </Tooltip>
    </div>
  );
}
