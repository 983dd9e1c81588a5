import { IconPlus } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState, type RefObject } from 'react';
import type { AppError } from '#shared/errors.ts';
import { splitConditions } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useSteadyView } from '../../state/use-view.tsx';
import { conditionProblem } from '../../state/check-condition.ts';
import { ExpressionLine } from './ExpressionLine.tsx';
import css from './FilterBar.module.css';

/** The beginning of a condition that was chosen elsewhere; each is put in once. */
export interface LineStart {
  readonly text: string;
}

interface AddConditionProps {
  readonly chips: RefObject<HTMLElement | null>;
  readonly start: LineStart | null;
  readonly onLeave: (() => void) | undefined;
}

/** Enter makes chips of what is typed, one for each condition that a top-level `and` joins; what is wrong stays to be mended. */
export const AddCondition = memo(function AddCondition({ chips, start, onLeave }: AddConditionProps) {
  const { view, dispatch } = useSteadyView();
  const { columns, state } = useDataset();
  const [text, setText] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (start === null) return;
    setText(start.text);
    setError(null);
    input.current?.focus();
  }, [start]);

  const edit = (next: string): void => {
    setText(next);
    setError(null);
  };
  const submit = (): void => {
    if (text.trim() === '') return;
    const problem = conditionProblem(text, columns, state);
    setError(problem);
    if (problem !== null) return;
    const added = splitConditions(text).filter((condition) => !view.filter.includes(condition));
    if (added.length > 0) dispatch({ type: 'filter.set', filter: [...view.filter, ...added] });
    setText('');
  };
  const toLastChip = (): void => {
    const words = chips.current?.querySelectorAll<HTMLElement>('[data-chip]');
    words?.item(words.length - 1)?.focus();
  };

  return (
    <div className={css.line}>
      {text === '' && <IconPlus size={14} className={css.icon} aria-hidden />}
      <ExpressionLine
        label="Add a condition"
        isMain
        text={text}
        onText={edit}
        error={error}
        onSubmit={submit}
        onEscape={() => {
          if (text !== '') return edit('');
          input.current?.blur();
          onLeave?.();
        }}
        onLeaveLeft={toLastChip}
        input={input}
      >
        <span className={css.placeholder} aria-hidden>
          <span>Add</span>
          <span className={css.long}>
            {' '}
            a condition, or type <code>turns &lt; 10 and agent = "math"</code>
          </span>
        </span>
      </ExpressionLine>
    </div>
  );
});
