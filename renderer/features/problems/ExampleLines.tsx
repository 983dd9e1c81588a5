import type { Problem, ProblemExample } from '#shared/model/problem.ts';
import { useRowAtLine } from '../../data/use-invalid-lines.ts';
import { formatCount, plural } from '../../ui/format.ts';
import css from './Lines.module.css';

/** The examples the engine gives of a rule. A click opens the rollout. */
export function ExampleLines({ problem, onRead }: { problem: Problem; onRead: (row: number) => void }) {
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
        <p className={css.rest}>and {plural(problem.rows - problem.examples.length, 'more line')}</p>
      )}
    </div>
  );
}
