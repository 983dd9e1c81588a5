import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import type { FormPattern } from '../../state/condition-form.ts';
import css from './ChipEditor.module.css';

interface PatternControlsProps {
  /** What is looked into. */
  readonly name: string;
  readonly pattern: FormPattern;
  readonly onChange: (pattern: FormPattern) => void;
}

/** A text to find, or a regular expression. */
export function PatternControls({ name, pattern, onChange }: PatternControlsProps) {
  return (
    <div className={css.pattern}>
      <p className={css.subject}>{name} contains</p>
      <TextInput
        aria-label={`What ${name} contains`}
        data-autofocus
        spellCheck={false}
        value={pattern.text}
        onChange={(event) => onChange({ ...pattern, text: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label="How it is read"
        data={[
          { value: 'text', label: 'Text' },
          { value: 'regex', label: 'Regular expression' },
        ]}
        value={pattern.regex ? 'regex' : 'text'}
        onChange={(kind) => onChange({ ...pattern, regex: kind === 'regex' })}
      />
      {pattern.regex && (
        <Checkbox
          label="Upper and lower case alike"
          checked={pattern.ignoreCase}
          onChange={() => onChange({ ...pattern, ignoreCase: !pattern.ignoreCase })}
        />
      )}
    </div>
  );
}
