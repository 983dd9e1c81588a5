import type { ConditionForm } from '../../state/condition-form.ts';
import { useProblems } from '../../data/problems-context.tsx';
import { formatCount } from '../../ui/format.ts';
import { NameControls } from './NameControls.tsx';
import { PatternControls } from './PatternControls.tsx';
import { RangeControls } from './RangeControls.tsx';
import { useTags } from './use-vocabulary.ts';
import { ValuesControls } from './ValuesControls.tsx';

interface FormControlsProps {
  readonly form: ConditionForm;
  /** As it stands in the filter. */
  readonly condition: string;
  readonly onChange: (form: ConditionForm) => void;
}

/** The controls of a condition's form. A flag has none but the one that turns it around. */
export function FormControls({ form, condition, onChange }: FormControlsProps) {
  switch (form.kind) {
    case 'range':
      return <RangeControls name={form.operand} range={form.range} onChange={(range) => onChange({ ...form, range })} />;
    case 'values':
      return (
        <ValuesControls
          column={form.column}
          chosen={form.chosen}
          condition={condition}
          onChange={(chosen) => onChange({ ...form, chosen })}
        />
      );
    case 'pattern':
      return (
        <PatternControls
          name={form.operand ?? 'the conversation'}
          pattern={form.pattern}
          onChange={(pattern) => onChange({ ...form, pattern })}
        />
      );
    case 'tool':
      return <NameControls label="Calls the tool" name={form.name} known={[]} onChange={(name) => onChange({ ...form, name })} />;
    case 'problem':
      return <ProblemControls name={form.name} onChange={(name) => onChange({ ...form, name })} />;
    case 'tag':
      return <TagControls name={form.name} onChange={(name) => onChange({ ...form, name })} />;
    case 'flag':
      return null;
  }
}

function ProblemControls({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  const problems = useProblems().value?.problems ?? [];
  const known = problems.map(({ rule, title, rows }) => ({ name: rule, detail: `${title} · ${formatCount(rows)}` }));
  return <NameControls label="Has the problem" name={name} known={known} onChange={onChange} />;
}

function TagControls({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  const known = useTags().map((tag) => ({ name: tag, detail: '' }));
  return <NameControls label="Is tagged" name={name} known={known} onChange={onChange} />;
}
