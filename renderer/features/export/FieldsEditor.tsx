import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowLeft, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { OptionFault } from '../../state/option-fault.ts';
import { ColumnInput } from './ColumnInput.tsx';
import css from './FieldsEditor.module.css';

interface FieldsEditorProps {
  readonly label: string;
  /** Output field to path in the row. */
  readonly value: Readonly<Record<string, string>>;
  readonly fault: OptionFault | null;
  readonly onValue: (value: Record<string, string>) => void;
}

interface Field {
  readonly name: string;
  readonly path: string;
}

/** Paths that every rollout has, beside its columns. */
const commonPaths = ['messages', 'tools', 'prompt', 'completion', 'text', 'response.output', 'responses_create_params.input'];

/** Fields of the output and where each comes from. A field that is not finished is kept here, and not yet in the recipe. */
export function FieldsEditor({ label, value, fault, onValue }: FieldsEditorProps) {
  const [fields, setFields] = useState<readonly Field[]>(() => toFields(value));
  const taken = JSON.stringify(toRecord(fields));
  // "Back to the default" comes from outside.
  const [seen, setSeen] = useState(JSON.stringify(value));
  if (JSON.stringify(value) !== seen) {
    setSeen(JSON.stringify(value));
    if (JSON.stringify(value) !== taken) setFields(toFields(value));
  }
  const change = (next: readonly Field[]): void => {
    setFields(next);
    const record = toRecord(next);
    if (JSON.stringify(record) !== JSON.stringify(value)) onValue(record);
  };
  const edit = (index: number, part: Partial<Field>): void =>
    change(fields.map((field, at) => (at === index ? { ...field, ...part } : field)));

  return (
    <div className={css.fields} role="group" aria-label={label}>
      {fields.map((field, index) => (
        <div key={index} className={css.field}>
          <TextInput
            aria-label={`Name of field ${index + 1}`}
            placeholder="field"
            spellCheck={false}
            value={field.name}
            error={nameError(fields, index)}
            onChange={(event) => edit(index, { name: event.currentTarget.value })}
          />
          <IconArrowLeft size={14} aria-label="from" className={css.from} />
          <ColumnInput
            label={`Path of field ${index + 1}`}
            value={field.path}
            words={commonPaths}
            error={field.name !== '' && field.path === '' ? 'Where from?' : field.name === fault?.field ? fault.words : null}
            onValue={(path) => edit(index, { path })}
          />
          <ActionIcon
            aria-label={`Remove ${field.name || `field ${index + 1}`}`}
            onClick={() => change(fields.filter((_, at) => at !== index))}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        className={css.add}
        leftSection={<IconPlus size={14} />}
        onClick={() => setFields([...fields, { name: '', path: '' }])}
      >
        Add a field
      </Button>
    </div>
  );
}

function toFields(value: Readonly<Record<string, string>>): Field[] {
  return Object.entries(value).map(([name, path]) => ({ name, path }));
}

/** Finished fields only; of two with one name the first. */
function toRecord(fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(
    fields
      .filter((field, index) => field.name !== '' && field.path !== '' && nameError(fields, index) === null)
      .map(({ name, path }) => [name, path]),
  );
}

function nameError(fields: readonly Field[], index: number): string | null {
  const field = fields[index];
  if (field === undefined || (field.name === '' && field.path === '')) return null;
  if (field.name === '') return 'A name?';
  return fields.slice(0, index).some(({ name }) => name === field.name) ? 'This name is taken.' : null;
}
