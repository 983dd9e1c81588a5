import type { Problem } from '#shared/model/problem.ts';
import { plural } from '../../ui/format.ts';
import { KeyHint } from '../../ui/Key.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { ExampleLines } from './ExampleLines.tsx';
import { InvalidLines } from './InvalidLines.tsx';
import css from './ProblemDetail.module.css';

/** What a rule means, how to mend what it found, and the lines. */
export function ProblemDetail({ problem, onRead }: { problem: Problem; onRead: (row: number) => void }) {
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
      <div className={css.linesHead}>
        <h3>{plural(problem.rows, 'line')}</h3>
        {problem.count !== problem.rows && <span>{plural(problem.count, 'finding')}</span>}
        <span className={css.hint}>
          <KeyHint keys={['↵']}>read</KeyHint>
        </span>
      </div>
      <InvalidLines rule={problem.rule} onRead={onRead} otherwise={<ExampleLines problem={problem} onRead={onRead} />} />
    </section>
  );
}
