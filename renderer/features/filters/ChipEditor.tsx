import { Button, Checkbox } from '@mantine/core';
import { useRef, useState } from 'react';
import type { AppError } from '#shared/errors.ts';
import { splitConditions } from '#shared/model/expression/index.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useRequest } from '../../data/use-request.ts';
import { printForm, readForm, type ConditionForm } from '../../state/condition-form.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { formatCount } from '../../ui/format.ts';
import { conditionProblem } from '../../state/check-condition.ts';
import { ExpressionLine } from './ExpressionLine.tsx';
import { FormControls } from './FormControls.tsx';
import css from './ChipEditor.module.css';

interface ChipEditorProps {
  readonly condition: string;
  readonly onChange: (condition: string) => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** Changes one condition, by controls where it is of a form that they can show, always by its text; both write the same. */
export function ChipEditor({ condition, onChange, onRemove, onClose }: ChipEditorProps) {
  const { columns, state } = useDataset();
  const [text, setText] = useState(condition);
  const [form, setForm] = useState(() => readForm(condition));
  const [error, setError] = useState<AppError | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const byText = (next: string): void => {
    setText(next);
    setForm(readForm(next));
    setError(null);
  };
  const byControls = (next: ConditionForm): void => {
    setForm(next);
    setText(printForm(next) ?? '');
    setError(null);
  };
  const apply = (): void => {
    if (text.trim() === '') {
      onRemove();
      return;
    }
    const problem = conditionProblem(text, columns, state);
    setError(problem);
    if (problem !== null) return;
    if (text.trim() !== condition) onChange(splitConditions(text).length === 1 ? text.trim() : `(${text.trim()})`);
    onClose();
  };

  return (
    <form
      className={css.editor}
      aria-label={`Change ${condition}`}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      {form !== null && (
        <div className={css.controls}>
          <FormControls form={form} condition={condition} onChange={byControls} />
          <Checkbox
            label="Leave these out instead"
            checked={form.negated}
            onChange={() => byControls({ ...form, negated: !form.negated })}
          />
        </div>
      )}
      <div className={css.line}>
        <ExpressionLine
          label="The condition as text"
          text={text}
          onText={byText}
          error={error}
          onSubmit={apply}
          onEscape={onClose}
          input={input}
        />
      </div>
      <div className={css.foot}>
        <Outlook condition={condition} text={text} />
        <Button variant="subtle" onClick={onRemove}>
          Remove
        </Button>
        <Button type="submit">Apply</Button>
      </div>
    </form>
  );
}

/** What the filter would keep with the condition as it stands here. */
function Outlook({ condition, text }: { condition: string; text: string }) {
  const { view } = useSteadyView();
  const { dataset, columns, version, state } = useDataset();
  const filter = view.filter.map((held) => (held === condition ? text : held));
  const counts = useRequest(
    'filter.counts',
    text.trim() === '' || conditionProblem(text, columns, state) !== null ? null : { dataset, filter },
    {
      version,
      pace: 'settle',
    },
  ).value;
  if (counts === undefined) return <span className={css.outlook} />;
  const back = counts.conditions.find((each) => each.condition === text)?.back ?? 0;
  return (
    <span className={css.outlook} aria-live="polite">
      Keeps <b>{formatCount(counts.kept)}</b>; without it {formatCount(counts.kept + back)}
    </span>
  );
}
