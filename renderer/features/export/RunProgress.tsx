import { Button } from '@mantine/core';
import type { ExportProgress } from '#shared/model/export.ts';
import { paceOf, type ExportRun } from '../../state/export-state.ts';
import { formatBytes, formatCount, formatDuration } from '../../ui/format.ts';
import css from './RunProgress.module.css';

const phases: Readonly<Record<ExportProgress['phase'], string>> = {
  read: 'Reading lines',
  plan: 'Choosing',
  write: 'Writing',
  verify: 'Reading back',
};

/** How far writing is, how fast, and how long it will take. */
export function RunProgress({ run, onCancel }: { run: Extract<ExportRun, { phase: 'running' }>; onCancel: () => void }) {
  const { progress, stage } = run;
  const pace = progress === null || stage === null ? null : paceOf(progress, stage);
  return (
    <div className={css.progress}>
      <div className={css.line}>
        <b>{progress === null ? 'Starting' : phases[progress.phase]}</b>
        {progress !== null && ` ${formatCount(progress.done)} of ${formatCount(progress.total)}`}
        <span className={css.pace}>
          {[
            pace === null ? '' : `${formatCount(Math.round(pace.perSecond))} a second`,
            progress === null || progress.bytesWritten === 0 ? '' : formatBytes(progress.bytesWritten),
            pace === null ? '' : `${pace.leftMs < 1000 ? 'under a second' : formatDuration(pace.leftMs)} left`,
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <progress aria-label="Export" max={Math.max(1, progress?.total ?? 1)} value={progress?.done ?? 0} />
    </div>
  );
}
