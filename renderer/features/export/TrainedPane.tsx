import { Checkbox } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { TrainedExample } from '#shared/model/training.ts';
import type { Answer } from '../../data/latest.ts';
import { ChatFiles } from './ChatFiles.tsx';
import { TrainedText } from './TrainedText.tsx';
import type { ExportModel } from './use-export-model.ts';
import css from './TrainedPane.module.css';

interface TrainedPaneProps {
  readonly model: ExportModel;
  readonly answer: Answer<TrainedExample | null>;
}

/** The example as its trainer reads it, what has to be said of it, and what it is rendered and counted with. */
export function TrainedPane({ model, answer: { value, error, loading } }: TrainedPaneProps) {
  const [edges, setEdges] = useState(true);
  const hasEdges = value?.texts.some(({ pieces }) => pieces.some((piece) => piece.edges !== undefined)) ?? false;
  return (
    <>
      {error !== null && (
        <p className={css.error} role="alert">
          {error.message}
        </p>
      )}
      {error === null && value && value.loss !== 'unknown' && <TrainedText example={value} edges={edges && hasEdges} />}
      {error === null && !value && <div className={css.empty} aria-busy={loading} />}
      <footer className={css.foot}>
        {error === null && value && value.notes.length > 0 && (
          <ul className={css.notes}>
            {value.notes.map((note) => (
              <li key={note}>
                <IconInfoCircle size={14} aria-hidden />
                {note}
              </li>
            ))}
          </ul>
        )}
        {value?.loss !== 'unknown' && (
          <div className={css.files}>
            <ChatFiles model={model} />
            {hasEdges && <Checkbox label="token edges" checked={edges} onChange={(event) => setEdges(event.currentTarget.checked)} />}
          </div>
        )}
      </footer>
    </>
  );
}
