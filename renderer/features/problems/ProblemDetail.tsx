import { Button } from '@mantine/core';
import { IconFilter, IconFilterOff, IconTable } from '@tabler/icons-react';
import type { Problem } from '#shared/model/problem.ts';
import { plural } from '../../ui/format.ts';
import { withKey } from '../../ui/key-press.ts';
import { KeyHint } from '../../ui/Key.tsx';
import { useOffers } from '../../ui/offers.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { ExampleLines } from './ExampleLines.tsx';
import type { ProblemFilter } from './use-problem-filter.ts';
import { InvalidLines } from './InvalidLines.tsx';
import css from './ProblemDetail.module.css';

interface ProblemDetailProps {
  readonly problem: Problem;
  /** Null where its lines are no rollouts. */
  readonly filter: ProblemFilter | null;
  readonly onRead: (row: number) => void;
}

/** What a rule means, how to mend what it found, and the lines. */
export function ProblemDetail({ problem, filter, onRead }: ProblemDetailProps) {
  useOffers(() =>
    filter === null
      ? []
      : [{ id: 'problems.all', title: `Show all rollouts with “${problem.title}” in the list`, icon: IconTable, run: filter.showAll }],
  );
  return (
    <section className={css.detail} aria-label={problem.title}>
      <header className={css.head}>
        <SeverityIcon severity={problem.severity} />
        <h2>{problem.title}</h2>
        <code>{problem.rule}</code>
      </header>
      <dl className={css.words}>
        <div>
          <dt>Means</dt>
          <dd>{problem.meaning}</dd>
        </div>
        <div>
          <dt>To mend</dt>
          <dd>{problem.remedy}</dd>
        </div>
      </dl>
      {filter !== null && (
        <div className={css.ways}>
          <Button
            variant={filter.isOut ? 'default' : 'filled'}
            leftSection={<IconFilterOff size={14} />}
            aria-pressed={filter.isOut}
            title={withKey('A condition of the filter, which can be undone', 'problems.out')}
            onClick={filter.toggleOut}
          >
            {filter.isOut ? 'Left out: bring back' : `Leave out ${plural(problem.rows, 'row')}`}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFilter size={14} />}
            aria-pressed={filter.isOnly}
            title={withKey('A condition of the filter, which can be undone', 'problems.in')}
            onClick={filter.toggleOnly}
          >
            {filter.isOnly ? 'Only these: show all' : 'Show only these'}
          </Button>
        </div>
      )}
      <div className={css.linesHead}>
        <h3>{plural(problem.rows, 'line')}</h3>
        {problem.count !== problem.rows && <span>{plural(problem.count, 'finding')}</span>}
        <span className={css.hint}>
          <KeyHint ids={['list.read']}>read</KeyHint>
        </span>
      </div>
      <InvalidLines
        rule={problem.rule}
        onRead={onRead}
        otherwise={<ExampleLines problem={problem} onRead={onRead} onAll={filter?.showAll ?? null} />}
      />
    </section>
  );
}
