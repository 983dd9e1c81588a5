import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import type { OptionValue } from '#shared/model/recipe.ts';
import type { TargetOption } from '#shared/model/target.ts';
import type { OptionFault } from '../../state/option-fault.ts';
import { ColumnInput } from './ColumnInput.tsx';
import { FieldsEditor } from './FieldsEditor.tsx';
import { NumberField } from './NumberField.tsx';
import css from './OptionField.module.css';

interface OptionFieldProps {
  readonly option: TargetOption;
  readonly value: OptionValue;
  /** Of one of its fields it stands beside that; else the step shows it. */
  readonly fault: OptionFault | null;
  readonly onValue: (value: OptionValue) => void;
}

/** Choices whose titles fit one line stand side by side; up to so many are listed, more are folded into a select. */
const lineCharacters = 36;
const listedChoices = 6;

const noOrYes = [
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
];

/** The control for one option, by its kind. */
export function OptionField({ option, value, fault, onValue }: OptionFieldProps) {
  const id = `field-${option.key}`;
  const label = `option-${option.key}`;
  const text = typeof value === 'string' ? value : '';
  switch (option.kind) {
    case 'choice': {
      const data = option.choices?.map(({ value: choice, title }) => ({ value: choice, label: title })) ?? [];
      if (data.reduce((sum, choice) => sum + choice.label.length, 0) <= lineCharacters) {
        return (
          <div>
            <SegmentedControl aria-labelledby={label} data={data} value={text} onChange={onValue} />
          </div>
        );
      }
      if (data.length > listedChoices) {
        return <NativeSelect id={id} data={data} value={text} onChange={(event) => onValue(event.currentTarget.value)} />;
      }
      return (
        <div className={css.choices} role="radiogroup" aria-labelledby={label}>
          {data.map((choice) => (
            <label key={choice.value}>
              <input type="radio" className={css.radio} name={id} checked={choice.value === value} onChange={() => onValue(choice.value)} />
              {choice.label}
            </label>
          ))}
        </div>
      );
    }
    case 'boolean':
      return (
        <div>
          <SegmentedControl
            aria-labelledby={label}
            data={noOrYes}
            value={value === true ? 'yes' : 'no'}
            onChange={(next) => onValue(next === 'yes')}
          />
        </div>
      );
    case 'integer':
    case 'number':
      return <NumberField key={Number(value)} id={id} option={option} value={Number(value)} onValue={onValue} />;
    case 'column':
      return <ColumnInput id={id} value={text} onValue={onValue} />;
    case 'text':
      return <TextInput id={id} value={text} onChange={(event) => onValue(event.currentTarget.value)} />;
    case 'fields':
      return <FieldsEditor label={option.title} value={typeof value === 'object' ? value : {}} fault={fault} onValue={onValue} />;
  }
}
