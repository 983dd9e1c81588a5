import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { Query } from '#shared/model/query.ts';
import type { ViewFormat } from '#shared/model/view-file.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useExportCalls, useShell } from '../../data/use-export.ts';
import { useSaveView, type Saving } from '../../data/use-save-view.ts';
import { formatBytes, formatPercent, plural } from '../../ui/format.ts';
import css from './SaveView.module.css';

interface SaveViewProps {
  readonly query: Query;
  readonly columns: readonly string[];
  readonly total: number;
}

const formats = [
  { value: 'csv', label: 'CSV' },
  { value: 'parquet', label: 'Parquet' },
] as const satisfies readonly { value: ViewFormat; label: string }[];

const notes: Readonly<Record<ViewFormat, string>> = {
  csv: 'A missing value is empty, null is the word.',
  parquet: 'Missing and null are both null. Columns of several kinds are JSON texts.',
};

/** The rows and columns of the table as a file, every value whole. */
export function SaveView({ query, columns, total }: SaveViewProps) {
  const { state } = useDataset();
  const shell = useShell();
  const { chooseFolder } = useExportCalls();
  const { saving, save, cancel } = useSaveView();
  const [format, setFormat] = useState<ViewFormat>('csv');
  const [typed, setTyped] = useState<string | null>(null);
  const [chosen, setChosen] = useState<{ grant: string; name: string } | null>(null);
  const folder = chosen ?? shell?.outRoot ?? null;
  const name = typed ?? `${state.name.replace(/(\.jsonl)?(\.gz|\.zst)?$/, '')}_view`;
  const file = `${name}.${format}`;
  const isBusy = saving.phase === 'running';
  const isThere = saving.phase === 'failed' && saving.error.code === 'exists';

  const start = (event: FormEvent): void => {
    event.preventDefault();
    if (folder === null || isBusy || name.trim() === '') return;
    save({ query, columns: [...columns], format, folder: folder.grant, name: file, overwrite: isThere });
  };
  const choose = async (): Promise<void> => {
    const next = await chooseFolder().catch(() => null);
    if (next !== null) setChosen(next);
  };

  return (
    <form className={css.form} onSubmit={start}>
      <p className={css.title}>{`${plural(total, 'row')}, ${plural(columns.length, 'column')}, as they stand in the table`}</p>
      <SegmentedControl
        aria-label="Format"
        data={[...formats]}
        value={format}
        disabled={isBusy}
        onChange={(value) => setFormat(formats.find((each) => each.value === value)?.value ?? 'csv')}
      />
      <p className={css.note}>{notes[format]}</p>
      <div className={css.line}>
        <span title={folder?.name}>{folder === null ? 'No folder chosen' : `In ${folder.name}/`}</span>
        {shell?.shell === 'desktop' && (
          <Button size="xs" variant="default" leftSection={<IconFolderOpen size={14} />} onClick={() => void choose()}>
            Choose a folder
          </Button>
        )}
      </div>
      <div className={css.line}>
        <TextInput
          className={css.name ?? ''}
          aria-label="Name of the file"
          spellCheck={false}
          value={name}
          rightSection={<span className={css.ending}>.{format}</span>}
          rightSectionWidth={60}
          disabled={isBusy}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {isBusy ? (
          <Button size="xs" variant="default" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <Button size="xs" type="submit" disabled={folder === null || name.trim() === '' || total === 0}>
            {isThere ? 'Replace' : 'Save'}
          </Button>
        )}
      </div>
      <Outcome saving={saving} />
    </form>
  );
}

function Outcome({ saving }: { saving: Saving }) {
  const { reveal } = useExportCalls();
  const shell = useShell();
  switch (saving.phase) {
    case 'idle':
      return null;
    case 'running':
      return (
        <p className={css.note} role="status">
          {saving.progress === null
            ? 'Starting'
            : `${formatPercent(saving.progress.rowsDone, saving.progress.rowsTotal)} · ${formatBytes(saving.progress.bytesWritten)}`}
        </p>
      );
    case 'failed':
      return (
        <p className={css.error} role="alert">
          {saving.error.message}
        </p>
      );
    case 'done':
      return (
        <p className={css.note} role="status">
          {`Saved ${saving.file.name}: ${plural(saving.file.rows, 'row')}, ${formatBytes(saving.file.bytes)}`}
          {shell?.shell === 'desktop' && (
            <>
              {' · '}
              <button
                type="button"
                className={css.link}
                onClick={() => void reveal(saving.folder, saving.file.name).catch(() => undefined)}
              >
                Show in folder
              </button>
            </>
          )}
        </p>
      );
  }
}
