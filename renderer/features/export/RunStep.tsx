import { Button, TextInput } from '@mantine/core';
import { IconFolderOpen, IconPackageExport, IconPlayerStop, IconReplace } from '@tabler/icons-react';
import { useRef } from 'react';
import { useDataset } from '../../data/dataset-context.tsx';
import { useExportCalls, useShell } from '../../data/use-export.ts';
import { nextName, proposedName, type Place } from '../../state/export-state.ts';
import { formatBytes, plural } from '../../ui/format.ts';
import { KeyCap } from '../../ui/Key.tsx';
import { RunDone } from './RunDone.tsx';
import { RunProgress } from './RunProgress.tsx';
import { StepPage } from './StepPage.tsx';
import { TargetFiles } from './TargetFiles.tsx';
import type { ExportModel } from './use-export-model.ts';
import { targetName } from './words.ts';
import { useOffers } from '../../ui/offers.tsx';
import css from './RunStep.module.css';

/** Where to write, and what came of it. */
export function RunStep({ model }: { model: ExportModel }) {
  const { state, dispatch, target, recipe, plan, start, cancel } = model;
  const { state: dataset } = useDataset();
  const shell = useShell();
  const { chooseFolder } = useExportCalls();
  const nameInput = useRef<HTMLInputElement>(null);
  const folder = state.folder ?? shell?.outRoot ?? null;
  const name =
    state.name ?? proposedName(dataset.files.length > 1 ? plural(dataset.files.length, 'file') : dataset.name, target?.target ?? '');
  const place: Place | null = folder === null ? null : { folder, name };
  const { run } = state;
  const nameError = badName(name);
  // While it is counted anew the numbers stay; where that was stopped they are of something else.
  const counted = plan.stopped ? undefined : plan.value;
  const empty = counted?.rowsWritten === 0;
  const write = (to: Place | null, overwrite: boolean): void => {
    if (to !== null && recipe !== null) start(recipe, to, overwrite);
  };
  const choose = async (): Promise<void> => {
    const chosen = await chooseFolder().catch(() => null);
    if (chosen !== null) dispatch({ type: 'folder', folder: chosen });
  };
  const refusedName = run.phase === 'failed' && run.error.code === 'exists';
  // What was written just now stands under this name: as it is chosen still, or as it was before.
  const isWritten = run.phase === 'done' && run.place.name === name && run.place.folder.grant === folder?.grant;
  const isSame = isWritten && JSON.stringify(run.recipe) === JSON.stringify(recipe);
  const isTaken = refusedName || isWritten;
  const isReplaceable = isWritten ? !isSame : refusedName && !run.overwrite;

  const isReady = place !== null && nameError === null && !empty && run.phase !== 'running';
  const writeBeside = (): void => {
    const next = nextName(name);
    dispatch({ type: 'name', name: next });
    if (folder !== null) write({ folder, name: next }, false);
  };
  useOffers(() => [
    ...(isReady && !isTaken
      ? [{ id: 'export.run', title: `Export now, to ${name}`, icon: IconPackageExport, run: () => write(place, false) }]
      : []),
    ...(isReady && isTaken
      ? [
          { id: 'export.beside', title: `Write the export to ${nextName(name)}`, icon: IconPackageExport, run: writeBeside },
          ...(isReplaceable
            ? [{ id: 'export.replace', title: 'Replace the earlier export', icon: IconReplace, run: () => write(place, true) }]
            : []),
        ]
      : []),
    ...(run.phase === 'running' ? [{ id: 'export.cancel', title: 'Cancel the export', icon: IconPlayerStop, run: cancel }] : []),
    ...(shell?.shell === 'desktop'
      ? [{ id: 'export.folder', title: 'Choose the folder of the export…', icon: IconFolderOpen, run: () => void choose() }]
      : []),
  ]);
  if (target === undefined || recipe === null) return null;

  return (
    <StepPage
      title={`Write ${counted === undefined ? '' : `${plural(counted.rowsWritten, 'example')} `}for ${targetName(target)}`}
      about={counted === undefined ? '' : `About ${formatBytes(counted.bytes)} before compression.`}
    >
      <div className={css.form}>
        <span className={css.label}>In</span>
        <div className={css.folder}>
          <span>{folder === null ? 'no folder chosen' : `${folder.detail}/`}</span>
          {shell?.shell === 'desktop' && (
            <Button
              size="xs"
              data-export-start={folder === null || undefined}
              variant={folder === null ? 'filled' : 'default'}
              leftSection={<IconFolderOpen size={14} />}
              rightSection={folder === null && <KeyCap id="export.next" onAccent />}
              onClick={() => void choose()}
            >
              Choose a folder
            </Button>
          )}
        </div>
        <label className={css.label} htmlFor="export-name">
          New folder
        </label>
        <TextInput
          ref={nameInput}
          id="export-name"
          w={360}
          spellCheck={false}
          value={name}
          error={nameError ?? (refusedName ? run.error.message : null)}
          disabled={run.phase === 'running'}
          onChange={(event) => dispatch({ type: 'name', name: event.currentTarget.value })}
        />
        <span />
        <div className={css.actions}>
          {isTaken ? (
            <>
              <Button
                data-export-start={isSame ? undefined : true}
                variant={isSame ? 'default' : 'filled'}
                disabled={!isReady}
                onClick={writeBeside}
              >
                {isSame ? 'Export again, to' : 'Write to'} {nextName(name)}
              </Button>
              {isReplaceable && (
                <Button variant="default" disabled={!isReady} onClick={() => write(place, true)}>
                  Replace the earlier export
                </Button>
              )}
            </>
          ) : (
            <Button
              data-export-start={place !== null || undefined}
              leftSection={<IconPackageExport size={16} />}
              rightSection={place !== null && <KeyCap id="export.next" onAccent />}
              disabled={!isReady}
              onClick={() => write(place, false)}
            >
              Export
            </Button>
          )}
          {empty && (
            <>
              <span className={css.why}>No example is left to write.</span>
              <Button size="xs" variant="default" onClick={() => dispatch({ type: 'step', step: 'preview' })}>
                See what takes them out
              </Button>
            </>
          )}
          {place === null && shell !== undefined && <span className={css.why}>Choose the folder to write into.</span>}
        </div>
      </div>
      {run.phase === 'running' && <RunProgress run={run} onCancel={cancel} />}
      {run.phase === 'failed' && !refusedName && (
        <div className={css.failed} role="alert">
          <p>{run.error.message}</p>
          <div className={css.actions}>
            <Button size="xs" variant="default" onClick={() => write(place, false)}>
              Try again
            </Button>
            {run.error.code === 'unwritable' && shell?.shell === 'desktop' && (
              <Button size="xs" variant="default" onClick={() => void choose()}>
                Choose another folder
              </Button>
            )}
          </div>
        </div>
      )}
      {(run.phase === 'idle' || run.phase === 'failed') && (
        <section className={css.get}>
          <h3>What you get</h3>
          <TargetFiles target={target} />
        </section>
      )}
      {run.phase === 'done' && (
        <RunDone manifest={run.manifest} place={run.place} target={target} desktop={shell?.shell === 'desktop'} current={isSame} />
      )}
    </StepPage>
  );
}

/** A name is one folder: no path. */
function badName(name: string): string | null {
  if (name.trim() === '') return 'Give the folder a name.';
  if (/[/\\\0]/.test(name)) return 'A name, not a path: no slashes.';
  return name === '.' || name === '..' ? 'Another name than dots.' : null;
}
