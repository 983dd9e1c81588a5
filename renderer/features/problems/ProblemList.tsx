import { Fragment, useRef, type KeyboardEvent } from 'react';
import type { Problem, Severity } from '#shared/model/problem.ts';
import { formatCount } from '../../ui/format.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { listStep } from '../../ui/key-press.ts';
import css from './ProblemList.module.css';

interface ProblemListProps {
  /** Worst first, as the engine orders them. */
  readonly problems: readonly Problem[];
  readonly chosen: string | null;
  /** Whether rollouts can be kept by the chosen rule, or left out: its lines may be none. */
  readonly filters: boolean;
  readonly onChoose: (rule: string) => void;
}

const pageRules = 8;

const headings: Readonly<Record<Severity, string>> = {
  error: 'Errors: these lines cannot be trained on',
  warning: 'Warnings: look before you train',
  note: 'Notes',
};

/** The rules that found something, under a heading a severity. The keys of lists choose. */
export function ProblemList({ problems, chosen, filters, onChoose }: ProblemListProps) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = problems.findIndex(({ rule }) => rule === chosen);
    const step = listStep(event, pageRules);
    if (step === null) return;
    const next = problems[Math.min(problems.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next.rule);
    list.current?.querySelector(`[data-rule="${CSS.escape(next.rule)}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <div className={css.head} aria-hidden>
        <span>problem</span>
        <span className={css.rule}>rule</span>
        <span className={css.count}>lines</span>
      </div>
      <div
        ref={list}
        className={css.list}
        role="listbox"
        aria-label="Rules that found something"
        aria-activedescendant={chosen === null ? undefined : `problem-${chosen}`}
        tabIndex={0}
        data-keys="problems"
        data-keys-idle={filters ? undefined : 'problems.in problems.out'}
        onKeyDown={onKeyDown}
      >
        {problems.map((problem, index) => (
          <Fragment key={problem.rule}>
            {problem.severity !== problems[index - 1]?.severity && (
              <div className={css.heading} data-severity={problem.severity} aria-hidden>
                <SeverityIcon severity={problem.severity} size={14} />
                {headings[problem.severity]}
              </div>
            )}
            <div
              id={`problem-${problem.rule}`}
              role="option"
              className={css.row}
              data-rule={problem.rule}
              aria-selected={problem.rule === chosen}
              onClick={() => onChoose(problem.rule)}
            >
              <SeverityIcon severity={problem.severity} />
              <span className={css.title}>{problem.title}</span>
              <code className={css.rule}>{problem.rule}</code>
              <span className={css.count}>{formatCount(problem.rows)}</span>
            </div>
          </Fragment>
        ))}
      </div>
    </>
  );
}
