import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { isKey } from '../../ui/key-press.ts';

interface ColumnInputProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Offered before the columns. */
  readonly words?: readonly string[];
  readonly error?: string | null;
}

/** A column or path, completed from the columns of the dataset; taken on Enter, on a choice, or when the field is left. */
export function ColumnInput({ id, label, value, onValue, words = [], error = null }: ColumnInputProps) {
  const { columns } = useDataset();
  const list = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const offered = [...new Set([...words, ...columns.map(({ name }) => name)])];
  const take = (text: string): void => {
    setTyped(null);
    if (text.trim() !== value) onValue(text.trim());
  };
  return (
    <>
      <TextInput
        {...(id === undefined ? {} : { id })}
        aria-label={label}
        list={list}
        spellCheck={false}
        autoComplete="off"
        value={typed ?? value}
        error={error}
        onChange={(event) => {
          const text = event.currentTarget.value;
          if (offered.includes(text)) take(text);
          else setTyped(text);
        }}
        onBlur={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => isKey('field.keep', event) && take(event.currentTarget.value)}
      />
      <datalist id={list}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
