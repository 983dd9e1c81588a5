import type { Problem, ProblemExample } from '#shared/model/problem.ts';
import { useRowAtLine } from '../../data/use-invalid-lines.ts';
import { formatCount, plural } from '../../ui/format.ts';
import css from './Lines.module.css';

interface ExampleLinesProps {
  readonly problem: Problem;
  readonly onRead: (row: number) => void;
  /** Null where the list cannot show them. */
  readonly onAll: (() => void) | null;
}

/** The examples the engine gives of a rule, and the way to all of them. A click opens the rollout. */
export function ExampleLines({ problem, onRead, onAll }: ExampleLinesProps) {
  const rowAtLine = useRowAtLine();
  const open = async ({ path, line }: ProblemExample): Promise<void> => {
    const row = await rowAtLine(path, line).catch(() => null);
    if (row !== null) onRead(row);
  };
  return (
    <div className={css.lines}>
      {problem.examples.map((example, index) => (
        <button key={index} type="button" className={css.example} onClick={() => void open(example)}>
          <span className={css.number}>{formatCount(example.line)}</span>
          <span className={css.message}>{example.message}</span>
          <code className={css.preview}>{example.at}</code>
        </button>
      ))}
      {problem.rows > problem.examples.length && (
        <p className={css.rest}>
          and {plural(problem.rows - problem.examples.length, 'more line')}
          {onAll !== null && (
            <button type="button" className={css.link} onClick={onAll}>
              Show all {formatCount(problem.rows)} in the list
            </button>
          )}
        </p>
      )}
    </div>
  );
}
