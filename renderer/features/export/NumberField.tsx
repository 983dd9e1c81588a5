import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TargetOption } from '#shared/model/target.ts';
import { optionError } from '../../state/export-state.ts';
import { readNumber } from '../../ui/format.ts';
import { isKey } from '../../ui/key-press.ts';

interface NumberFieldProps {
  readonly id: string;
  readonly option: TargetOption;
  readonly value: number;
  readonly onValue: (value: number) => void;
}

/** A number that is taken on Enter or when the field is left; one that does not do says why and changes nothing. Where 0 has a word it is left empty. */
export function NumberField({ id, option, value, onValue }: NumberFieldProps) {
  const { zero } = option;
  const [text, setText] = useState(value === 0 && zero !== undefined ? '' : String(value));
  const typed = text.trim() === '' && zero !== undefined ? 0 : readNumber(text);
  const error = optionError(option, typed ?? Number.NaN);
  const take = (): void => {
    if (typed !== null && error === null && typed !== value) onValue(typed);
  };
  return (
    <TextInput
      id={id}
      w={160}
      inputMode="decimal"
      placeholder={zero}
      value={text}
      error={error}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => isKey('field.keep', event) && take()}
    />
  );
}
