import { Button, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { type AppError, toAppError } from '#shared/errors.ts';
import { operandName, parseOperand } from '#shared/model/expression/index.ts';
import { useCall } from '../../data/client.tsx';
import { useDataset } from '../../data/dataset-context.tsx';
import { formatPercent } from '../../ui/format.ts';
import type { TableColumn } from './columns.ts';
import css from './ColumnChooser.module.css';

/** A nested path or an expression becomes one more column, once the engine has found that it holds something. */
export function AddColumn({ known, onAdd }: { known: readonly TableColumn[]; onAdd: (name: string) => void }) {
  const call = useCall();
  const { dataset } = useDataset();
  const [text, setText] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [share, setShare] = useState<string | null>(null);
  const flight = useRef<AbortController | null>(null);

  const add = async (): Promise<void> => {
    const abort = new AbortController();
    flight.current = abort;
    setError(null);
    try {
      const name = operandName(parseOperand(text));
      if (!known.some((column) => column.name === name)) {
        await call(
          'column.describe',
          { dataset, column: name },
          { signal: abort.signal, onProgress: ({ rowsDone, rowsTotal }) => setShare(formatPercent(rowsDone, rowsTotal)) },
        );
      }
      onAdd(name);
      setText('');
    } catch (thrown) {
      const failed = toAppError(thrown);
      if (failed.code !== 'cancelled') setError(failed);
    }
    setShare(null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '' && share === null) void add();
  };

  return (
    <>
      <form className={css.add} onSubmit={submit}>
        <TextInput
          className={css.addInput ?? ''}
          aria-label="Add a column from a path or an expression"
          placeholder="metadata.difficulty or reward - 0.1 * truncated"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setError(null);
          }}
          error={error !== null}
        />
        {share === null ? (
          <Button type="submit" variant="default" size="xs" disabled={text.trim() === ''}>
            Add
          </Button>
        ) : (
          <Button variant="default" size="xs" onClick={() => flight.current?.abort()}>
            {share} · Cancel
          </Button>
        )}
      </form>
      {error !== null && <Where text={text} error={error} />}
    </>
  );
}

/** What is wrong, and the text up to there. */
function Where({ text, error }: { text: string; error: AppError }) {
  const { at } = error.details;
  return (
    <p className={css.error} role="alert">
      {error.message}
      {at !== undefined && at > 0 && (
        <>
          {' '}
          <code className={css.where}>
            {text.slice(0, at)}
            <mark>{text.slice(at, at + 12) || ' '}</mark>
          </code>
        </>
      )}
    </p>
  );
}
